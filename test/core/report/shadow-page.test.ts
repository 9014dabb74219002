import fc from "fast-check";
import { expect, test } from "vitest";
import { fittingItems } from "../../../core/report/shadow-page.ts";

const bytesOf = (items: readonly unknown[]) => Buffer.byteLength(JSON.stringify(items));

test("a page that is short enough stays whole", () => {
  expect(fittingItems(["a", "b"])).toEqual(["a", "b"]);
  expect(fittingItems([])).toEqual([]);
});

test("the first item is always on it, however long", () => {
  expect(fittingItems(["x".repeat(50), "y"], 20)).toEqual(["x".repeat(50)]);
});

test("whatever the characters, no page of several items is longer than it may be, and the next item would be too much", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 12 }), { minLength: 1, maxLength: 15 }), (items) => {
      const page = fittingItems(items, 60);
      expect(page).toEqual(items.slice(0, page.length));
      // Brackets, less the comma that the last item has not.
      if (page.length > 1) expect(bytesOf(page)).toBeLessThanOrEqual(60 + 1);
      if (page.length < items.length) expect(bytesOf(items.slice(0, page.length + 1))).toBeGreaterThan(60);
    }),
  );
});
