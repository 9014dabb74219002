/** What noise never is, whatever the names and forms around it, and what a second answer may not do. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

const NAMES =
  "id requestId etag created_at nonce token cursor next hash version views took expires retry_after url name customer_id trace order number fingerprint session".split(
    " ",
  );
const VALUES: readonly unknown[] = [
  17,
  1_795_255_200,
  1.5,
  true,
  "a word",
  "2026-11-21T10:00:00Z",
  "0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10",
  "q7Rz0Lk2Xv9Tn4Ws8Yb1",
  'W/"33a64df551425fcc"',
  "https://x.example.com/f/1?expires=1795258800&signature=0afa0c35d09d7c7d902ad6a494a6df7a",
  "http://localhost:3000/a",
];
const METHODS = ["GET", "POST"] as const;
const name = fc.constantFrom(...NAMES);
const value = fc.constantFrom(...VALUES);
const method = fc.constantFrom(...METHODS);
/** Noise beside the field in question. */
const around = fc.dictionary(fc.constantFrom("seen", "meta", "n"), fc.constantFrom(...VALUES), { maxKeys: 3 });

type Body = Readonly<Record<string, unknown>>;

function verdictOf(sides: readonly [Body, Body, Body?], how: string, status = 200): string {
  const [prod, shadow, control] = sides.map((body) => answer(body ?? null, { status }));
  if (prod === undefined || shadow === undefined) throw new Error("two sides are needed");
  const pair = pairOf(
    { prod, shadow, ...(control === undefined ? {} : { control }) },
    { method: how, path: "/orders" },
  );
  return judge(pair, EMPTY_MEMORY).judged.verdict;
}

describe("is never noise, whatever it is called:", () => {
  test.each<[string, (value: unknown) => Body]>([
    ["a value that turned null", () => ({ x: null })],
    ["a value that turned into a list", (was) => ({ x: [was] })],
    [
      "a text that turned into a number, or the other way round",
      (was) => ({ x: typeof was === "string" ? 7 : String(was) }),
    ],
    ["a field that is gone", () => ({})],
  ])("%s", (_, broken) => {
    fc.assert(
      fc.property(name, value, method, around, around, fc.constantFrom(200, 201), (...drawn) => {
        const [field, was, how, first, second, status] = drawn;
        const shadow = Object.fromEntries(Object.values(broken(was)).map((is) => [field, is]));
        const verdict = verdictOf(
          [
            { ...first, [field]: was },
            { ...second, ...shadow },
          ],
          how,
          status,
        );
        expect(verdict).toBe("Critical");
      }),
      { numRuns: 60 },
    );
  });

  test("an amount that no second answer moved", () => {
    const money = fc.constantFrom("price", "total_amount", "balance", "shipping_cost");
    const amount = fc.integer({ min: 1, max: 2_000_000_000 });
    fc.assert(
      fc.property(money, amount, amount, name, value, value, fc.boolean(), (...drawn) => {
        const [field, was, is, other, moved, again, asked] = drawn;
        fc.pre(was !== is);
        const prod = { currency: "EUR", [field]: was, [other]: moved };
        const control = { ...prod, [other]: again };
        const shadow = { ...prod, [field]: is };
        expect(verdictOf(asked ? [prod, shadow, control] : [prod, shadow], "GET")).toBe("Critical");
      }),
      { numRuns: 100 },
    );
  });
});

test("a second answer makes nothing Safe that was Critical, unless it shows that difference itself", () => {
  fc.assert(
    fc.property(name, value, value, name, value, value, (...drawn) => {
      const [field, was, is, other, moved, again] = drawn;
      fc.pre(field !== other);
      const prod = { [field]: was, [other]: moved };
      const shadow = { ...prod, [field]: is };
      const without = verdictOf([prod, shadow], "GET");
      const withControl = verdictOf([prod, shadow, { ...prod, [other]: again }], "GET");
      if (without === "Critical") expect(withControl).not.toBe("Safe");
    }),
    { numRuns: 200 },
  );
});
