import { expect, test } from "vitest";
import { conditionWords } from "../../../pages/src/words/condition.ts";

const counts = { matching: 1_038, matchingFailing: 38, others: 611, othersFailing: 0, pValue: 0.001 };

test.each([
  ["currency=EUR", "38 of 1,038 with currency=EUR, 0 of 611 otherwise"],
  ["without header accept", "38 of 1,038 without header accept, 0 of 611 otherwise"],
  ["with credentials", "38 of 1,038 with credentials, 0 of 611 otherwise"],
  ["q=\u202ex", "38 of 1,038 with q=⟨U+202E⟩x, 0 of 611 otherwise"],
])("a condition with its counts: %s", (words, line) => {
  expect(conditionWords({ condition: { words, ...counts }, noCondition: null })).toBe(line);
});

test("why there is none, where it was searched for", () => {
  const line = (noCondition: "always" | "few" | "none" | null) => conditionWords({ condition: null, noCondition });
  expect(line("always")).toContain("nearly every request");
  expect(line("none")).toContain("no condition");
  expect([line("few"), line(null)]).toEqual([null, null]);
});
