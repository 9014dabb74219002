/** New sources and the names that their tests may have. */
import { expect, test } from "vitest";
import { testsBeside } from "../../../../core/governance/checks/tests-beside.ts";
import { changeOf, fileAt } from "../given.ts";
import { inputOf } from "./input.ts";

const added = (path: string) => fileAt(path, { status: "added" });
const judged = (path: string, tree: readonly string[], tests = ["test/{dir}/{name}.test.ts", "**/test_{name}.py"]) =>
  testsBeside(
    inputOf(
      { kind: "tests-beside", sources: ["**/*.{ts,py}"], tests },
      { ...changeOf([added(path)]), tree: [path, ...tree] },
    ),
  );

test.each([
  ["src/a/b.ts", ["test/src/a/b.test.ts"]],
  ["b.ts", ["test/b.test.ts"]],
  ["app/shadow.py", ["tests/unit/test_shadow.py"]],
  ["src/a.b.ts", ["test/src/a.b.test.ts"]],
  ["routes/[id].ts", ["test/routes/[id].test.ts"]],
  ["(group)/a!b.ts", ["test/(group)/a!b.test.ts"]],
])("%s has a test", (path, tree) => {
  expect(judged(path, tree)).toEqual([]);
});

test.each([
  ["src/a/b.ts", ["test/b.test.ts", "test/src/a/bb.test.ts"]],
  ["routes/[id].ts", ["test/routes/i.test.ts"]],
  ["src/*.ts", ["test/src/x.test.ts"]],
])("%s has none", (path, tree) => {
  expect(judged(path, tree)).toMatchObject([{ path }]);
});

test("a test and a file that was there before need none, and a file is no test of itself", () => {
  expect(judged("test/a.test.ts", [])).toEqual([]);
  expect(judged("tests/test_a.py", [])).toEqual([]);
  expect(judged("a.ts", [], ["**/{name}.ts"])).toHaveLength(1);
  const check = { kind: "tests-beside", sources: ["**"], tests: ["x"] } as const;
  expect(testsBeside(inputOf({ ...check, sources: ["**"], tests: ["x"] }, changeOf([fileAt("a.ts")])))).toEqual([]);
});
