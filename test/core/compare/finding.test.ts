import { expect, test } from "vitest";
import { type Finding, isAmbiguous } from "../../../core/compare/finding.ts";

const finding: Finding = {
  rule: "value-changed",
  severity: "Warning",
  floor: "Safe",
  ceiling: "Critical",
  path: "$.a",
  pattern: "$.a",
  signature: "0123456789abcdef",
  reason: "$.a was 1 and is 2.",
  differences: [],
  noise: null,
};

test.each<[string, Partial<Finding>, boolean]>([
  ["that a model may move is ambiguous", {}, true],
  ["that a rule proved is not", { floor: "Critical", severity: "Critical" }, false],
  ["that is noise is not", { noise: { reason: "it moves" } }, false],
])("a finding %s", (_, change, expected) => {
  expect(isAmbiguous({ ...finding, ...change })).toBe(expected);
});
