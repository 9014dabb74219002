/** What documents point to is there: files, headings, scripts. A name that was changed is mended where it is read, too. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const DOCUMENTS = ["README.md", ...globSync("docs/**/*.md")].map((path) => ({
  path,
  text: readFileSync(path, "utf8"),
}));
const SCRIPTS = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  const plain = heading.replaceAll(/[`*]/g, "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return plain
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

function anchorsOf(path: string): readonly string[] {
  const text = DOCUMENTS.find((each) => each.path === path)?.text ?? "";
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));
}

/** Of links inside the repository: those that lead nowhere. */
function broken(path: string, text: string): readonly string[] {
  const links = [...text.replaceAll(/^```.*?^```/gms, "").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = "", anchor = ""] = link.split("#");
    const target = file === "" ? path : normalize(join(dirname(path), file));
    return !existsSync(target) || (anchor !== "" && target.endsWith(".md") && !anchorsOf(target).includes(anchor));
  });
}

test("every link between documents leads to a file and a heading", () => {
  expect(DOCUMENTS.flatMap(({ path, text }) => broken(path, text).map((link) => `${path}: ${link}`))).toEqual([]);
});

test("a link to a file or a heading that is not there is seen", () => {
  expect(broken("docs/ci.md", "[a](no.md) [b](ci.md#no-such) [c](#set-up) [d](https://example.com/no)")).toEqual([
    "no.md",
    "ci.md#no-such",
  ]);
});

test("every script that a document names is one of package.json", () => {
  const named = DOCUMENTS.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name = ""]) => ({ path, name })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ name }) => !Object.hasOwn(SCRIPTS.scripts, name))).toEqual([]);
});
