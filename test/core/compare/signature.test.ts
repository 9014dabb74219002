/** Signatures carry decisions over commits: this file pins them. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { DEFAULT_COMPARE_SETTINGS } from "../../../core/compare/settings.ts";
import { signatureOf } from "../../../core/compare/signature.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

const parts = { route: "GET /orders/{id}", rule: "value-changed", pattern: "$.items[*].color", kind: "value" } as const;

it("gives the same signature in every version of this program", () => {
  expect(signatureOf(parts)).toBe("a2b6371ad1d89adf");
});

it("differs with each of its parts", () => {
  const all = [
    parts,
    { ...parts, route: "POST /orders/{id}" },
    { ...parts, rule: "amount-changed" },
    { ...parts, pattern: "$.items[*].size" },
    { ...parts, kind: "type" as const },
    { ...parts, kind: null },
  ].map(signatureOf);
  expect(new Set(all).size).toBe(all.length);
  for (const signature of all) expect(signature).toMatch(/^[0-9a-f]{16}$/);
});

it("does not depend on how a path's parameters are called", () => {
  expect(signatureOf({ ...parts, route: "GET /orders/{orderId}" })).toBe(signatureOf(parts));
  expect(signatureOf({ ...parts, route: "GET /{orderId}/orders" })).not.toBe(signatureOf(parts));
});

/** One push of a change that loses a field of each line, renames a state and drops the last line, seen in answers of any size. */
const order = fc.record({
  id: fc.uuid(),
  lines: fc.uniqueArray(fc.nat(), { minLength: 3, maxLength: 8 }),
  codes: fc.shuffledSubarray(["EUR", "USD", "CHF"], { minLength: 1 }),
});
type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

function signaturesOf({ id, lines, codes }: Order, templates: readonly string[]): readonly string[] {
  const totals = Object.fromEntries(codes.map((code) => [code, { net: "low", gross: "low" }]));
  const whole = lines.map((line) => ({ id: `l-${line}`, colour: "blue", gift: false }));
  const lost = whole.slice(0, -1).map(({ id: own, colour }) => ({ id: own, colour }));
  const shadowTotals = Object.fromEntries(codes.toReversed().map((code) => [code, { gross: "low", net: "high" }]));
  const pair = pairOf(
    {
      prod: answer({ state: "packed", totals, lines: whole }),
      shadow: answer({ lines: lost, totals: shadowTotals, state: "sent" }),
    },
    { path: `/orders/${id}?page=2` },
  );
  const { judged } = judge(pair, EMPTY_MEMORY, { settings: { ...DEFAULT_COMPARE_SETTINGS, templates } });
  return [...new Set(judged.findings.map(({ signature }) => signature))].toSorted();
}

it("of one change are the same in every pair, in any order, and in a push that names routes by an OpenAPI file", () => {
  const first = signaturesOf({ id: "17", lines: [1, 2, 3], codes: ["EUR"] }, []);
  expect(first).toHaveLength(4);
  fc.assert(
    fc.property(fc.array(order, { minLength: 1, maxLength: 5 }), fc.boolean(), (orders, named) => {
      const templates = named ? ["/orders/{orderId}"] : [];
      for (const one of orders) expect(signaturesOf(one, templates)).toEqual(first);
    }),
    { numRuns: 50 },
  );
});
