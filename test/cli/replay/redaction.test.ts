/** What a replay redacts by the configuration. */
import { expect, test } from "vitest";
import { redactionOf } from "../../../cli/replay/redaction.ts";

const NOTHING = { names: [], patterns: [], shape_only: false, phones: false };

test("a pattern finds all its places, in linear time whatever it is", () => {
  const rules = redactionOf({ ...NOTHING, patterns: ["(a+)+b", "K-[0-9]{4}"] });
  const spans = rules.ok
    ? rules.value.patterns.flatMap((find) => find(`K-1234 and K-5678 ${"a".repeat(5_000)}`))
    : null;
  expect(spans).toEqual([
    { start: 0, end: 6 },
    { start: 11, end: 17 },
  ]);
});

test.each([["(?=look)ahead"], ["("], ["x*"]])("%s is refused, and named", (pattern) => {
  expect(redactionOf({ ...NOTHING, patterns: [pattern] })).toMatchObject({ ok: false, detail: pattern });
});
