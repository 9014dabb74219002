/** A bounded choice: the first ones by order, in whatever sequence they come. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createKept } from "../../../cli/compare/kept.ts";

test("keeps the entries that sort first, whatever the sequence they come in", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 30 });
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 8 }), (orders, max) => {
      const kept = createKept<string>(max);
      for (const order of orders) kept.set(order, order, order);
      expect(kept.values()).toEqual(orders.toSorted((a, b) => (a < b ? -1 : 1)).slice(0, max));
      expect(kept.leftOut()).toBe(Math.max(0, orders.length - max));
    }),
  );
});

test("says before whether an entry would be taken", () => {
  const kept = createKept<number>(2);
  for (const [n, order] of ["b", "d"].entries()) kept.set(order, order, n);
  expect([kept.fits("a"), kept.fits("c"), kept.fits("e")]).toEqual([true, true, false]);
  expect([kept.set("e", "e", 9), kept.set("c", "c", 9), kept.get("d")]).toEqual([false, true, undefined]);
});

test("an entry that is known is changed where it stands, and puts none out", () => {
  const kept = createKept<number>(2);
  for (const order of ["a", "b"]) kept.set(order, order, 1);
  expect([kept.set("b", "b", 2), kept.values(), kept.leftOut()]).toEqual([true, [1, 2], 0]);
});
