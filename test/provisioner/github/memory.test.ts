/** What is kept of answers: never more than allowed, and the longest unused goes first. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMemory } from "../../../infra/provisioner/github/memory.ts";

test("the longest unused goes first, and reading is using", () => {
  const memory = createMemory<number>(3);
  for (const [key, value] of [
    ["a", 1],
    ["b", 2],
    ["c", 3],
  ] as const)
    memory.set(key, value, 1);
  memory.get("a");
  memory.set("d", 4, 1);
  expect(["a", "b", "c", "d"].map((key) => memory.get(key))).toEqual([1, undefined, 3, 4]);
  memory.delete("a");
  expect(memory.get("a")).toBeUndefined();
});

test("what is too heavy is not kept, and takes its older self with it", () => {
  const memory = createMemory<string>(10);
  memory.set("a", "light", 2);
  memory.set("a", "heavy", 11);
  expect(memory.get("a")).toBeUndefined();
});

test("whatever is set, no more is kept than allowed, and the newest that fits is", () => {
  const entries = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c", "d"), weight: fc.nat({ max: 8 }) }));
  fc.assert(
    fc.property(entries, (all) => {
      const memory = createMemory<number>(10);
      for (const { key, weight } of all) {
        memory.set(key, weight, weight);
        if (memory.get(key) !== weight) return false;
      }
      const kept = ["a", "b", "c", "d"].map((key) => memory.get(key) ?? 0);
      return kept.reduce((sum, weight) => sum + weight, 0) <= 10;
    }),
    { numRuns: 300 },
  );
});
