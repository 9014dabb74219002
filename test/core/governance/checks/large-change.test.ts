/** Lines and files of a change against their limits. */
import { expect, test } from "vitest";
import { largeChange } from "../../../../core/governance/checks/large-change.ts";
import { APPROVAL, changeOf, fileAt, inARow } from "../given.ts";
import { inputOf } from "./input.ts";

const CHECK = { kind: "large-change", max_lines: 10, max_files: 2, ignore: ["*.lock"] } as const;
const input = (files: readonly ReturnType<typeof fileAt>[], commits = inARow()) =>
  inputOf({ ...CHECK, ignore: [...CHECK.ignore] }, changeOf(files, commits));

test("the limit itself is allowed, one more is not", () => {
  expect(largeChange(input([fileAt("a", { added: 5, removed: 5 })]))).toEqual([]);
  expect(largeChange(input([fileAt("a", { added: 6, removed: 5 })]))).toMatchObject([
    { message: expect.stringContaining("11 lines, more than 10") },
  ]);
  expect(largeChange(input([fileAt("a"), fileAt("b")]))).toEqual([]);
  expect(largeChange(input([fileAt("a"), fileAt("b"), fileAt("c")]))).toMatchObject([
    { message: expect.stringContaining("3 files, more than 2") },
  ]);
});

test("ignored files do not count, deleted ones do", () => {
  expect(largeChange(input([fileAt("x.lock", { added: 999 })]))).toEqual([]);
  expect(largeChange(input([fileAt("a", { status: "deleted", added: 0, removed: 11 })]))).toHaveLength(1);
});

test("an approval holds until a counted file changes again", () => {
  const files = [fileAt("a", { added: 99 }), fileAt("x.lock")];
  const first = { message: "x", files: ["a"] };
  expect(largeChange(input(files, inARow(first, { message: APPROVAL })))).toEqual([]);
  expect(largeChange(input(files, inARow(first, { message: APPROVAL }, { message: "x", files: ["x.lock"] })))).toEqual(
    [],
  );
  expect(largeChange(input(files, inARow(first, { message: APPROVAL }, first)))).toHaveLength(1);
});
