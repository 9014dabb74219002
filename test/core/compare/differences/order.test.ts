import { expect, test } from "vitest";
import { orderTraits } from "../../../../core/compare/differences/order.ts";
import { twoLists } from "./elements.ts";

const of = (field: string, ...values: readonly unknown[]): readonly unknown[] =>
  values.map((value, at) => ({ x: (at * 7) % 4, [field]: value }));

test.each<[string, readonly unknown[], readonly unknown[], readonly string[]]>([
  ["numbers going up", [1, 2, 3], [2, 1, 3], ["sorted"]],
  ["numbers going down", [3, 2, 1], [3, 1, 2], ["sorted"]],
  ["turned round", [1, 2, 3], [3, 2, 1], ["sorted"]],
  ["numbers in no order", [2, 1, 3], [1, 2, 3], []],
  ["by number, not by text", [9, 10, 11], [10, 9, 11], ["sorted"]],
  ["texts in order", ["a", "b", "c"], ["b", "a", "c"], ["sorted"]],
  ["texts in the order of a dictionary", ["apple", "Banana", "cherry"], ["Banana", "apple", "cherry"], ["sorted"]],
  ["two texts, by chance", ["a", "b"], ["b", "a"], []],
  ["a field", of("n", 1, 2, 3), of("n", 3, 1, 2), ["sorted"]],
  [
    "a field of a field",
    of("p", { n: 4 }, { n: 3 }, { n: 2 }, { n: 1 }),
    of("p", { n: 1 }, { n: 4 }, { n: 3 }, { n: 2 }),
    ["sorted"],
  ],
  ["a field that still goes up, others moved", of("n", 1, 1, 2), of("n", 1, 1, 2).toReversed().toReversed(), []],
  ["flags and nulls", [true, false, null], [null, true, false], []],
  ["mixed types", [1, "a", 2], ["a", 1, 2], []],
  ["seven in no order", [3, 1, 7, 2, 9, 4, 5], [1, 3, 7, 2, 9, 4, 5], ["long"]],
  ["seven in order", [1, 2, 3, 4, 5, 6, 7], [2, 1, 3, 4, 5, 6, 7], ["sorted", "long"]],
  ["nothing", [], [], []],
])("%s", (_, reference, shadow, expected) => {
  expect(orderTraits(...twoLists(reference, shadow))).toEqual(expected);
});
