import { expect, it, test } from "vitest";
import type { Difference } from "../../../core/compare/difference.ts";
import { isTolerated, listPattern, netLosses } from "../../../core/noise/churn.ts";

const item = (kind: Difference["kind"], more: Partial<Difference> = {}): Difference => ({
  part: "body",
  kind,
  path: "$.l[0]",
  pattern: "$.l[*]",
  traits: ["item"],
  ...more,
});

test.each<[string, readonly Difference[], number]>([
  ["one lost", [item("missing")], 1],
  ["one lost and one gained", [item("missing"), item("extra")], 0],
  ["two gained", [item("extra"), item("extra")], -2],
  ["shorter by three", [item("length", { pattern: "$.l", reference: "5", shadow: "2" })], 3],
  ["a field lost", [item("missing", { traits: [] })], 0],
  ["a value changed", [item("value")], 0],
])("%s", (_, differences, expected) => {
  expect(netLosses(differences).get("$.l") ?? 0).toBe(expected);
});

test.each([
  ["$.l[*]", "$.l"],
  ["$.l", "$.l"],
  ["$.m.*", "$.m"],
  ["$.a[*].b[*]", "$.a[*].b"],
  ["$[*]", "$"],
])("the list of %s is %s", (pattern, list) => {
  expect(listPattern(pattern)).toBe(list);
});

it("tolerates what lists lose anyway, twice, and one element more", () => {
  expect([isTolerated(5, 2), isTolerated(6, 2), isTolerated(5, -2), isTolerated(1, 0), isTolerated(2, 0)]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
});
