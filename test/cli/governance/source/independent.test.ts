/**
 * Our reading of imports beside that of others: acorn on the JavaScript of the packages here, Python's own `ast` on the files of the Python of this
 * machine, where there is one. Real files, many of which name modules in comments and texts.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { expect, test } from "vitest";
import { factsOf } from "../../../../cli/governance/source/facts.ts";

/** Those with many modules of JavaScript. */
const PACKAGES = ["@anthropic-ai/sdk", "langsmith", "unenv"].map((name) =>
  join(import.meta.dirname, "../../../../node_modules", name),
);

/** Each file costs milliseconds, so a spread of them has to do. */
const MOST_FILES = 40;
const MOST_BYTES = 40_000;

/** A spread over all files with such an ending, the same at each run. */
function filesIn(folder: string, ending: string): readonly string[] {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending) && !path.includes("/test/"))
    .toSorted()
    .map((path) => join(folder, path));
  const step = Math.max(1, Math.floor(all.length / MOST_FILES));
  return all.filter((path, at) => at % step === 0 && statSync(path).size < MOST_BYTES);
}

const importsOf = (path: string, text: string): readonly string[] =>
  [...new Set((factsOf(path, text)?.imports ?? []).map(({ module }) => module))].toSorted();

test("of the JavaScript of the packages here we read the imports that acorn reads", () => {
  let compared = 0;
  let found = 0;
  for (const path of PACKAGES.flatMap((folder) => filesIn(folder, ".mjs"))) {
    const text = readFileSync(path, "utf8");
    const theirs = importsByAcorn(text);
    if (theirs === null) continue;
    compared += 1;
    found += theirs.length;
    expect(importsOf("a.mjs", text), path).toEqual(theirs);
  }
  expect(compared).toBeGreaterThan(60);
  expect(found).toBeGreaterThan(60);
});

/** Null where acorn does not read the file as a module. */
function importsByAcorn(text: string): readonly string[] | null {
  const found = new Set<string>();
  try {
    const waiting: unknown[] = [parse(text, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true })];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (typeof node !== "object" || node === null) continue;
      const module = moduleOf(node);
      if (module !== null) found.add(module);
      waiting.push(...Object.values(node).filter((value) => typeof value === "object"));
    }
  } catch {
    return null;
  }
  return [...found].toSorted();
}

function moduleOf(node: object): string | null {
  if ("source" in node && "type" in node) return literal(node.source);
  const isRequire = "callee" in node && "arguments" in node && named(node.callee) === "require";
  return isRequire && Array.isArray(node.arguments) ? literal(node.arguments[0]) : null;
}

function named(node: unknown): unknown {
  return typeof node === "object" && node !== null && "name" in node ? node.name : null;
}

function literal(node: unknown): string | null {
  return typeof node === "object" && node !== null && "value" in node && typeof node.value === "string"
    ? node.value
    : null;
}

const AST = `
import ast, json, sys
for path in json.load(sys.stdin):
    try:
        tree = ast.parse(open(path, "rb").read())
    except Exception:
        continue
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    print(json.dumps([path, sorted(found)]))
`;

const library = spawnSync("python3", ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"], {
  encoding: "utf8",
});
const stdlib = library.status === 0 ? library.stdout.trim() : null;

test.skipIf(stdlib === null)(
  "of Python's own library we read the imports that Python reads (skipped where there is no python3)",
  () => {
    const input = JSON.stringify(filesIn(stdlib ?? "", ".py"));
    const { stdout } = spawnSync("python3", ["-W", "ignore", "-c", AST], {
      input,
      encoding: "utf8",
      maxBuffer: 100_000_000,
    });
    const lines = stdout.trim().split("\n");
    for (const line of lines) {
      const [path, theirs]: readonly [string, readonly string[]] = JSON.parse(line);
      const text = readFileSync(path, "utf8");
      const ours = (factsOf(path, text)?.imports ?? []).filter(({ dynamic }) => !dynamic).map(({ module }) => module);
      expect([...new Set(ours)].toSorted(), path).toEqual([...theirs].toSorted());
    }
    expect(lines.length).toBeGreaterThan(20);
  },
);
