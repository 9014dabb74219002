/** Which paths come into question as a test: never fewer than a plain look at all of them finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { testIndex } from "../../../core/governance/nearest-tests.ts";

test("by folder, the top among them, and by name", () => {
  const index = testIndex(["test_a.py", "t/test_a.py", "t/u/test_ab.py"], ["a", "ab", "c"]);
  expect(index.inFolder("")).toEqual(["test_a.py"]);
  expect(index.inFolder("t")).toEqual(["t/test_a.py"]);
  expect(index.inFolder("u")).toEqual([]);
  expect(index.holding("ab")).toEqual(["t/u/test_ab.py"]);
  expect(index.holding("a")).toEqual(["test_a.py", "t/test_a.py", "t/u/test_ab.py"]);
  expect(index.holding("c")).toEqual([]);
});

test("the same as looking for each name in each path", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "_", "/"), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(word), fc.array(word.filter((name) => name !== "")), (paths, names) => {
      const index = testIndex(paths, names);
      for (const name of names) expect(index.holding(name)).toEqual(paths.filter((path) => path.includes(name)));
    }),
  );
});

test("ten thousand names in ten thousand paths take no minute", () => {
  const names = Array.from({ length: 10_000 }, (_, n) => `file_${n}x`);
  const index = testIndex(
    names.map((name) => `tests/test_${name}.py`),
    names,
  );
  expect(names.every((name) => index.holding(name).length === 1)).toBe(true);
});
