/** What each format says, of the same run, and of answers that are made to be misread. */
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { recordedLine } from "../recorded.ts";
import { reported } from "../reported.ts";

const SAFE = recordedLine({ id: "s", path: "/safe/1", prod: { a: 1 }, shadow: { a: 1 } });
const WARNING = recordedLine({ id: "w", path: "/warn/1", prod: { color: "red" }, shadow: { color: "blue" } });
const CRITICAL = recordedLine({ id: "c", path: "/lost/1", prod: { a: 1, b: 2 }, shadow: { a: 1 } });
const UNDECIDED = JSON.stringify({
  id: "u",
  request: { method: "GET", path: "/dead/1" },
  prod: { failed: "timeout" },
  shadow: { status: 200 },
});
/** Tries markup, mentions, fences, and characters that XML does not have. */
const HOSTILE = recordedLine({
  id: "h`\n# x",
  path: "/h?q=`</details><script>@everyone",
  prod: { note: "fine" },
  shadow: { note: "@octocat ``` </details><img src=x> \u0000\u001b[31m\ud800 https://a.example #1 | [x](y)" },
});

/** Elements that are not closed, or closed in another order. */
function openElements(xml: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const parser = new Parser(
    {
      onopentag: (name) => void open.push(name),
      onclosetag: (name, implied) =>
        void (open.pop() === name && !(implied && name !== "testcase") ? null : wrong.push(name)),
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return [...open, ...wrong];
}

describe("json", () => {
  test("is one document with a version, pairs in order, drifts, and a summary", async () => {
    const { json } = await reported([CRITICAL, SAFE, "{"]);
    const document = JSON.parse(json);
    expect(document.schemaVersion).toBe(1);
    expect(document.pairs.map(({ id }: { readonly id: string }) => id)).toEqual(["c", "s"]);
    expect(document.drifts).toMatchObject([{ rule: "field-removed", route: "GET /lost/{id}", pairs: 1 }]);
    expect(document.summary).toMatchObject({ judged: 2, malformed: 1, verdicts: { Critical: 1, Safe: 1 } });
  });

  test("is a document also without pairs", async () => {
    expect(JSON.parse((await reported([])).json)).toMatchObject({ pairs: [], summary: { judged: 0 } });
  });
});

describe("markdown", () => {
  test("begins with the verdict in words and numbers", async () => {
    const first = async (lines: readonly string[]) => (await reported(lines)).markdown.split("\n")[0];
    expect(await first([SAFE])).toBe("**Safe: 1 pair, nothing that counts differs.**");
    expect(await first([SAFE, WARNING])).toContain("**Warning: 1 change to look at; 1 of 2 pairs");
    expect(await first([CRITICAL, WARNING])).toContain("**Critical: 1 regression; 1 of 2 pairs would have broken");
    expect(await first([SAFE, UNDECIDED])).toContain("**Undecided");
    expect(await first([])).toContain("**Undecided: nothing could be judged");
  });

  test("keeps markup, mentions and links of answers dead", async () => {
    const { markdown } = await reported([HOSTILE]);
    const outside = markdown.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/gs, "");
    expect(outside).not.toMatch(/<|@\w|:\/\//);
  });
});

describe("junit", () => {
  test("has a suite per route, a failure per drift that fails, and counts that add up", async () => {
    const { junit } = await reported([SAFE, WARNING, CRITICAL, UNDECIDED, "{"]);
    expect(junit).toContain('tests="5" failures="1" errors="1">');
    expect(junit.match(/ skipped="1">/g)).toHaveLength(1);
    expect(junit.match(/<testsuite /g)).toHaveLength(5);
    expect(junit.match(/<failure /g)).toHaveLength(1);
    expect(junit).toMatch(/<system-out>Warning: /);
    const { junit: strict } = await reported([WARNING], { failOn: "Warning" });
    expect(strict).toContain('failures="1"');
  });

  test("is XML whatever answers hold", async () => {
    const { junit } = await reported([HOSTILE]);
    expect(openElements(junit)).toEqual([]);
    expect(junit).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|[\ud800-\udfff](?![\udc00-\udfff])/);
  });
});
