/** Files stay short enough to read at once, and every folder is named after what is in it. */
import { expect, test } from "vitest";
import { isSource, projectTree, textOf } from "./project-tree.ts";

/** Longest file that still reads at once. Lines. Tables of test cases are read by row and may be longer. */
const MAX_LINES = 300;
/** Names that say nothing of what is inside. */
const NAMELESS = new Set(["utils", "util", "helpers", "helper", "common", "shared", "lib", "misc"]);

const files = projectTree();

test(`no source file is over ${MAX_LINES} lines`, () => {
  const long = files
    .filter((file) => isSource(file) && !file.endsWith(".test.ts"))
    .map((file) => [file, textOf(file).split("\n").length - 1] as const)
    .filter(([, lines]) => lines > MAX_LINES);
  expect(long).toEqual([]);
});

test("no folder and no file is called after nothing in particular", () => {
  const named = (part: string): boolean => NAMELESS.has(part.replace(/\.\w+$/, "").toLowerCase());
  expect(files.filter((file) => file.split("/").some(named))).toEqual([]);
});

test("every source file opens by saying what it is; a test is named after what it tests", () => {
  const opening = /^(#!.*\n)?\s*(\/\*|\/\/)/;
  const sources = files.filter((file) => isSource(file) && !/\.test\.tsx?$/.test(file));
  expect(sources.filter((file) => !opening.test(textOf(file)))).toEqual([]);
});

test("every test stands where what it tests is mirrored", () => {
  const tests = files.filter((file) => /\.test\.tsx?$/.test(file));
  const strays = tests.filter(
    (file) =>
      !/^test\/((core|workers|flow|limits|faults|chaos|cli|pages|provisioner|gateway|local|query-plans|deploy|layout|bench|accuracy|canaries)\/|[\w-]+\.test\.ts$)/.test(
        file,
      ),
  );
  expect(strays).toEqual([]);
  expect(tests.length).toBeGreaterThan(5);
});
