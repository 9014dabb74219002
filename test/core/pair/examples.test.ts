/** What is kept of a growing number of pairs does not depend on the order in which they came. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bestExamples, MAX_EXAMPLES } from "../../../core/pair/examples.ts";

const candidate = fc.record({
  id: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom("a", "b", "c", "1", "2") }),
  bytes: fc.integer({ min: 0, max: 50 }),
  kind: fc.constantFrom("EUR", "USD", "CHF", "JPY"),
});
const candidates = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 120 });

test("the best of the best and more are the best of all", () => {
  fc.assert(
    fc.property(candidates, fc.nat(), (all, cut) => {
      const [early, late] = [all.slice(0, cut % 120), all.slice(cut % 120)];
      const kept = bestExamples([...bestExamples(early), ...late]);
      expect(kept).toEqual(bestExamples(all));
      expect(bestExamples(all.toReversed())).toEqual(kept);
      expect(kept.length).toBe(Math.min(all.length, MAX_EXAMPLES));
    }),
  );
});

test("each kind has its smallest before any has its second", () => {
  const of = (id: string, kind: string, bytes: number) => ({ id, kind, bytes });
  const best = bestExamples([of("a", "USD", 1), of("b", "USD", 2), of("c", "EUR", 900), of("d", "EUR", 901)]);
  expect(best.map(({ id }) => id)).toEqual(["a", "c", "b", "d"]);
});
