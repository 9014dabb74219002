/** Files slice by slice: what is found does not depend on where one slice ends. */
import { expect, test } from "vitest";
import { judgeByFile, SLICE_FILES } from "../../../core/governance/by-file.ts";
import { judge } from "../../../core/governance/judge.ts";
import { around, changeOf, fileAt, rulesOf } from "./given.ts";

const COUNT = 2 * SLICE_FILES + 1;
const FILES = Array.from({ length: COUNT }, (_, n) => fileAt(`f${n}.py`, { text: "" }));
const RULES = rulesOf([{ kind: "secrets" }]);

function watched() {
  const asked: number[] = [];
  const said: (readonly [number, number])[] = [];
  const near = around({
    secrets: (files) => {
      asked.push(files.length);
      return Promise.resolve(files.map(({ path }) => ({ path, line: 1, column: 1, what: "a key" })));
    },
    looked: (files, of) => said.push([files, of]),
  });
  return { asked, said, near };
}

test("each file is looked at once, in its order, and how far it is is said", async () => {
  const { asked, said, near } = watched();
  const { violations } = await judge(changeOf(FILES), RULES, near);
  expect(violations.map(({ path }) => path)).toEqual(FILES.map(({ path }) => path));
  expect(asked).toEqual([SLICE_FILES, SLICE_FILES, 1]);
  expect(said).toEqual([
    [SLICE_FILES, COUNT],
    [2 * SLICE_FILES, COUNT],
    [COUNT, COUNT],
  ]);
});

test("a check is asked for no files too: it may not be able to judge at all", async () => {
  const { asked, near } = watched();
  const table = rulesOf([{ kind: "cryptography", table: "none.md" }]);
  expect((await judge(changeOf([]), table, near)).outcomes).toMatchObject([{ state: "not-judged" }]);
  expect((await judge(changeOf(FILES), table, near)).outcomes).toMatchObject([{ state: "not-judged" }]);
  await judgeByFile(changeOf([]), RULES, near);
  expect(asked).toEqual([0]);
});

test("what is deleted or out of scope is in no slice", async () => {
  const [rule] = RULES.rules;
  const narrow = { ...RULES, rules: RULES.rules.map((each) => ({ ...each, scope: ["a/**"] })) };
  const files = [fileAt("a/x.py"), fileAt("a/y.py", { status: "deleted" }), fileAt("b/z.py")];
  const { inScope } = await judgeByFile(changeOf(files), narrow, watched().near);
  expect(rule).toBeDefined();
  expect([...inScope.values()].flat().map(({ path }) => path)).toEqual(["a/x.py"]);
});
