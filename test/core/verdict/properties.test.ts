/** What holds for any pair, whatever is in it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Observation } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import type { Judged } from "../../../core/verdict/format.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { rank } from "../../../core/verdict/severity.ts";
import { answer, pairOf } from "../pair/builder.ts";

function judged(prod: Observation, shadow: Observation, control?: Observation): Judged {
  return judge(pairOf({ prod, shadow, ...(control === undefined ? {} : { control }) }), EMPTY_MEMORY).judged;
}

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversedKeys(inner)]),
  );
}

const json = fc.jsonValue({ maxDepth: 5 });
const record = fc
  .dictionary(fc.string({ minLength: 1 }), json, { minKeys: 1 })
  .filter((value) => !("__proto__" in value));

describe("any pair", () => {
  it("is Safe without a finding when the shadow answers like production", () => {
    fc.assert(
      fc.property(json, fc.integer({ min: 200, max: 599 }), (body, status) => {
        const result = judged(answer(body, { status }), answer(body, { status }));
        expect([result.verdict, result.findings]).toEqual(["Safe", []]);
      }),
    );
  });

  it("has no finding when only key order and white space differ", () => {
    fc.assert(
      fc.property(json, (body) => {
        const shadow = JSON.stringify(reversedKeys(body), null, 3);
        expect(judged(answer(JSON.stringify(body)), answer(shadow)).findings).toEqual([]);
      }),
    );
  });

  it("does not get better by one more difference", () => {
    fc.assert(
      fc.property(record, record, json, (body, other, value) => {
        const before = judged(answer(body), answer(other));
        const after = judged(answer({ ...body, "added-here": 1 }), answer({ ...other, "added-here": value ?? null }));
        expect(rank(after.verdict)).toBeGreaterThanOrEqual(rank(before.verdict));
      }),
    );
  });

  it("is judged without a crash, whatever bytes the answers hold", () => {
    const side = fc.oneof(
      fc.record({
        status: fc.integer({ min: 100, max: 599 }),
        headers: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
        body: fc.oneof(fc.string({ unit: "binary" }), fc.json()),
        latencyMs: fc.nat(10_000),
        truncated: fc.boolean(),
        bodyBytes: fc.nat(),
      }),
      fc.record({ failed: fc.constantFrom("timeout" as const, "reset" as const), latencyMs: fc.nat() }),
    );
    fc.assert(
      fc.property(side, side, side, fc.string(), (prod, shadow, control, path) => {
        const pair = pairOf({ prod, shadow, control }, { path });
        expect(judge(pair, EMPTY_MEMORY).judged.reasoning).not.toBe("");
      }),
    );
  });

  it("judges ten thousand levels and a difference at the bottom", () => {
    const deep = (leaf: string): string => `${"[".repeat(10_000)}${leaf}${"]".repeat(10_000)}`;
    expect(judged(answer(deep("1")), answer(deep("1 "))).findings).toEqual([]);
    expect(judged(answer(deep("1")), answer(deep('"1"'))).verdict).toBe("Critical");
  });
});
