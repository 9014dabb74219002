import fc from "fast-check";
import { expect, test } from "vitest";
import { contentMark } from "../../../../infra/provisioner/drivers/kubernetes/content.ts";

test("the order of keys makes no difference, anywhere", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(contentMark(turned(value))).toBe(contentMark(value));
    }),
    { numRuns: 300 },
  );
});

test("another value is another mark", () => {
  const marks = [1, "1", [1], { a: 1 }, { a: "1" }, { a: [1] }, { b: 1 }, null, true, {}, [], ""].map(contentMark);
  expect(new Set(marks).size).toBe(marks.length);
});

test("a field that is absent and one that is undefined are the same", () => {
  expect(contentMark({ a: 1, b: undefined })).toBe(contentMark({ a: 1 }));
});

/** The same value with the keys of all objects the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  );
}
