/** New source files for which no test is there, wherever the test came from. */
import type { Check } from "../check.ts";
import { notAChange } from "./not-a-change.ts";

export const testsBeside: Check<"tests-beside"> = ({ check, change, files, around }) => {
  const none = notAChange(change);
  if (none !== null) return none;
  const tests = testsIn(change.tree, check.tests, around.fits);
  const named = check.tests.every((pattern) => pattern.includes("{name}"));
  return (
    files
      // A test needs no test, though its name may fit the sources.
      .filter(({ path, status }) => status === "added" && !isTest(path) && around.fits(path, check.sources))
      .flatMap(({ path }) => {
        const wanted = check.tests.map((pattern) => testOf(pattern, path));
        const { name } = partsOf(path);
        // The cheap look first: a large change would otherwise compile and try a pattern of each file on every other.
        const near = named ? tests.filter((other) => other.includes(name)) : tests;
        if (near.some((other) => other !== path && around.fits(other, wanted))) return [];
        return {
          message: `the new file ${path} has no test`,
          hint: `Add one: ${check.tests.map((pattern) => plain(pattern, path)).join(" or ")}.`,
          path,
          line: null,
          column: null,
          subject: path,
          onlyWarns: false,
        };
      })
  );
};

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
