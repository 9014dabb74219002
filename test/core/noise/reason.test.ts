/** Which findings second answers excuse, and which nothing excuses. */
import { expect, test } from "vitest";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

const mixed = [30, 10, 70, 20, 90, 40, 50];
const moved = [10, 30, 70, 20, 90, 40, 50];

interface Answers {
  readonly reference: unknown;
  readonly control: unknown;
  readonly shadow: unknown;
}

test.each<[string, Answers, string]>([
  ["a value that moves", { reference: { n: 1 }, control: { n: 2 }, shadow: { n: 3 } }, "Safe"],
  ["a value that is kept", { reference: { n: 1 }, control: { n: 1 }, shadow: { n: 3 } }, "Warning"],
  ["a value that moves, turned null", { reference: { n: 1 }, control: { n: 2 }, shadow: { n: null } }, "Critical"],
  ["a value that moves, gone", { reference: { n: 1 }, control: { n: 2 }, shadow: { a: 1 } }, "Critical"],
  ["a value that moves, as text", { reference: { n: 1 }, control: { n: 2 }, shadow: { n: "3" } }, "Critical"],
  ["a text that moves, emptied", { reference: { n: "a" }, control: { n: "b" }, shadow: { n: "" } }, "Critical"],
  ["a list that moves, emptied", { reference: [1, 2], control: [1, 3], shadow: [] }, "Critical"],
  ["a type that one second answer shows", { reference: { n: 1 }, control: { n: "1" }, shadow: { n: "2" } }, "Critical"],
  [
    "a null that one second answer shows",
    { reference: { n: 1 }, control: { n: null }, shadow: { n: null } },
    "Critical",
  ],
  ["a field that comes and goes, gone", { reference: { n: 1, a: 1 }, control: { a: 1 }, shadow: { a: 1 } }, "Warning"],
  [
    "a field that comes and goes, there",
    { reference: { a: 1 }, control: { a: 1, n: 1 }, shadow: { a: 1, n: 1 } },
    "Safe",
  ],
  ["an order that moves", { reference: [1, 2, 3], control: [2, 1, 3], shadow: [3, 2, 1] }, "Safe"],
  ["a long order that is kept", { reference: mixed, control: mixed, shadow: moved }, "Warning"],
  ["elements that come and go", { reference: ["b", "a"], control: ["b", "c"], shadow: ["b", "d"] }, "Safe"],
  [
    "elements that come and go, most gone",
    { reference: ["b", "a", "x", "y", "z"], control: ["b", "c", "x", "y", "z"], shadow: ["q"] },
    "Critical",
  ],
  [
    "elements that come and go, one doubled",
    { reference: ["b", "a"], control: ["b", "c"], shadow: ["b", "a", "a"] },
    "Critical",
  ],
])("%s: %s is %s", (_, { reference, control, shadow }, verdict) => {
  const pair = pairOf({ prod: answer(reference), control: answer(control), shadow: answer(shadow) });
  expect(judge(pair, EMPTY_MEMORY).judged.verdict).toBe(verdict);
});
