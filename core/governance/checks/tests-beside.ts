/** New source files for which no test is there, wherever the test came from. */
import type { Check } from "../check.ts";
import { type TestIndex, testIndex } from "../nearest-tests.ts";
import { notAChange } from "./not-a-change.ts";

export const testsBeside: Check<"tests-beside"> = ({ check, change, files, around }) => {
  const none = notAChange(change);
  if (none !== null) return none;
  const tests = testsIn(change.tree, check.tests, around.fits);
  // A test needs no test, though its name may fit the sources.
  const sources = files.filter(
    ({ path, status }) => status === "added" && !isTest(path) && around.fits(path, check.sources),
  );
  const index = testIndex(
    tests,
    sources.map(({ path }) => partsOf(path).name),
  );
  const isTested = (path: string): boolean => {
    const wanted = check.tests.map((pattern) => testOf(pattern, path));
    const near = new Set(check.tests.flatMap((pattern) => nearTo(path, pattern, { index, tests })));
    return [...near].some((other) => other !== path && around.fits(other, wanted));
  };
  return sources
    .filter(({ path }) => !isTested(path))
    .map(({ path }) => ({
      message: `the new file ${path} has no test`,
      hint: `Add one: ${check.tests.map((pattern) => plain(pattern, path)).join(" or ")}.`,
      path,
      line: null,
      column: null,
      subject: path,
      onlyWarns: false,
    }));
};

interface Tests {
  readonly index: TestIndex;
  readonly tests: readonly string[];
}

/** Paths that can fit a pattern once it is filled in. One that takes out adds none. */
function nearTo(path: string, pattern: string, { index, tests }: Tests): readonly string[] {
  const folder = plain(pattern, path).split("/").slice(0, -1).join("/");
  const written = filled(pattern, { dir: "", name: "" }).split("/").slice(0, -1).join("/");
  if (pattern.startsWith("!")) return [];
  if (!/[*?{}[\]()!+@|\\]/.test(written)) return index.inFolder(folder.replace(/^\//, ""));
  return pattern.includes("{name}") ? index.holding(partsOf(path).name) : tests;
}

/** Paths that can be a test of anything; all of them where a pattern puts a folder into the middle of a name. */
function testsIn(
  tree: readonly string[],
  patterns: readonly string[],
  fits: (path: string, globs: readonly string[]) => boolean,
): readonly string[] {
  if (patterns.some((pattern) => /[^/]\{dir\}|\{dir\}[^/]/.test(pattern))) return tree;
  const wide = patterns.map((pattern) => filled(pattern, { dir: "**", name: "*" }));
  return tree.filter((path) => fits(path, wide));
}

function isTest(path: string): boolean {
  return /(?:^|\/)(?:test_[^/]*|[^/]*[._](?:test|spec)\.[^/]*|conftest\.py)$/.test(path);
}

interface Parts {
  readonly dir: string;
  readonly name: string;
}

function partsOf(path: string): Parts {
  const slash = path.lastIndexOf("/");
  const base = path.slice(slash + 1);
  const dot = base.lastIndexOf(".");
  return { dir: slash < 0 ? "." : path.slice(0, slash), name: dot <= 0 ? base : base.slice(0, dot) };
}

/** As a glob: what a file's name holds is never a wildcard. */
function testOf(pattern: string, path: string): string {
  const { dir, name } = partsOf(path);
  return filled(pattern, { dir: escaped(dir), name: escaped(name) });
}

function plain(pattern: string, path: string): string {
  return filled(pattern, partsOf(path));
}

function filled(pattern: string, { dir, name }: Parts): string {
  const whole = pattern.replaceAll("{dir}", () => dir).replaceAll("{name}", () => name);
  return whole.replace(/^\.\//, "").replaceAll("/./", "/");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\*?[\]{}()!+@|]/g, String.raw`\$&`);
}
