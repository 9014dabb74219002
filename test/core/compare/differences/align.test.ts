import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Alignment, align } from "../../../../core/compare/differences/align.ts";

const whole = (left: readonly number[], right: readonly number[]) => ({
  head: 0,
  left: left.length,
  right: right.length,
});

/** Of each key as many partners as the rarer side has, the n-th with the n-th. */
function expected(left: readonly number[], right: readonly number[]): Alignment {
  const places = (keys: readonly number[], key: number) => keys.flatMap((each, at) => (each === key ? [at] : []));
  const nth = (keys: readonly number[], at: number) => places(keys.slice(0, at), keys[at] ?? 0).length;
  const partner = (at: number) => places(right, left[at] ?? 0)[nth(left, at)];
  const all = left.map((_, at) => [at, partner(at)] as const);
  const pairs = all.flatMap(([at, other]) => (other === undefined ? [] : [[at, other] as const]));
  const taken = new Set(pairs.map(([, other]) => other));
  return {
    pairs,
    missing: all.flatMap(([at, other]) => (other === undefined ? [at] : [])),
    extra: right.flatMap((_, at) => (taken.has(at) ? [] : [at])),
  };
}

const keys = fc.array(fc.nat(5), { maxLength: 12 });

describe("the partners of two lists", () => {
  test("are the n-th of a key with the n-th of it, in short lists as in long ones", () => {
    fc.assert(
      fc.property(keys, keys, (left, right) => {
        expect(align(left, right, whole(left, right))).toEqual(expected(left, right));
      }),
    );
  });

  test("are the elements at their own places where nothing changed", () => {
    fc.assert(
      fc.property(keys, (list) => {
        expect(align(list, list, whole(list, list))).toEqual(expected(list, list));
      }),
    );
  });

  test("are looked for in the middle alone", () => {
    const found = align([1, 2, 3, 9], [1, 3, 2, 9], { head: 1, left: 3, right: 3 });
    expect(found).toEqual({
      pairs: [
        [1, 2],
        [2, 1],
      ],
      missing: [],
      extra: [],
    });
  });
});
