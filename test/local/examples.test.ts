/** The examples: what they plant is documented, both versions run, and none of their names is known to the core. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXAMPLES } from "../../infra/local/examples/index.ts";
import { exampleServer } from "../../infra/local/examples/server.ts";
import { listen } from "../servers/http.ts";

const ROOT = join(import.meta.dirname, "../..");
/** All of core/ but governance, which reads changes of source code and never an answer. */
const CORE = globSync("core/**/*.ts", { cwd: ROOT })
  .filter((file) => !file.startsWith(join("core", "governance")))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }));
const examples = Object.values(EXAMPLES);

/** Headers every HTTP server knows; the rest is an example's own. */
const STANDARD = new Set(
  `access-control-allow-origin cache-control connection content-length content-type date etag
   keep-alive last-modified location set-cookie transfer-encoding`.split(/\s+/),
);

/** Names in what a version serves over HTTP to the example's own traffic: JSON keys, own headers, cookies. */
async function namesServed(
  routes: (typeof EXAMPLES)["shop"]["shadow"],
  paths: readonly string[],
): Promise<Set<string>> {
  const server = await listen(exampleServer(routes));
  const names = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    const answer = await fetch(`${server.url}${path}`, { redirect: "manual" });
    for (const header of answer.headers.keys()) if (!STANDARD.has(header)) names.add(header);
    for (const cookie of answer.headers.getSetCookie()) names.add(cookie.slice(0, cookie.indexOf("=")));
    const text = await answer.text();
    for (const [, key] of text.matchAll(/"([A-Za-z_][\w-]*)"\s*:/g)) if (key !== undefined) names.add(key);
  };
  await Promise.all(paths.map(visit));
  await server.close();
  return names;
}

/** A failure in the usual form is spelled as everybody spells it: that is the point of it. */
const USUAL_WORDS = new Set(["error", "message"]);

describe.each(examples)("the $name example", (example) => {
  const paths = [...new Set(example.traffic.filter(({ method }) => method === "GET").map(({ path }) => path))];

  test("none of its names stands in core/", async () => {
    const served = [await namesServed(example.production, paths), await namesServed(example.shadow, paths)];
    const names = [...new Set(served.flatMap((set) => [...set]))].filter((name) => !USUAL_WORDS.has(name));
    expect(names.length).toBeGreaterThan(20);
    const known = names.flatMap((name) =>
      CORE.filter(({ text }) => new RegExp(`\\b${name}\\b`).test(text)).map(({ file }) => `${name} in ${file}`),
    );
    expect(known).toEqual([]);
  }, 60_000);

  test("plants eight regressions of different kinds, each described in its README with its route", () => {
    const readme = readFileSync(join(ROOT, "infra/local/examples", example.name, "README.md"), "utf8").replaceAll(
      / +/g,
      " ",
    );
    expect(example.planted).toHaveLength(8);
    expect(new Set(example.planted.map(({ route }) => route)).size).toBe(8);
    for (const { id, route, expected } of example.planted)
      expect(readme).toMatch(
        new RegExp(`\\| \`${id}\` \\| \`${route.replaceAll(/[{}]/g, String.raw`\$&`)}\` \\|.*${expected.severity}`),
      );
    for (const route of example.noiseOnlyRoutes) expect(readme).toContain(`| \`${route}\` |`);
  });

  test("every route of it is either planted or noise alone, and both versions serve the same routes", () => {
    const routes = Object.keys(example.production).map((route) => route.replaceAll("{}", "{id}"));
    expect([...example.planted.map(({ route }) => route), ...example.noiseOnlyRoutes].toSorted()).toEqual(
      routes.toSorted(),
    );
    expect(Object.keys(example.shadow).toSorted()).toEqual(Object.keys(example.production).toSorted());
  });
});

test("the examples share no name", async () => {
  const [shop, transit] = await Promise.all(
    examples.map((example) => namesServed(example.production, [...new Set(example.traffic.map(({ path }) => path))])),
  );
  expect([...(shop ?? [])].filter((name) => transit?.has(name))).toEqual([]);
});
