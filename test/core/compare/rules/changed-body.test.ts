import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedBody, keepsEnvelope } from "../../../../core/compare/rules/changed-body.ts";
import { envelopeOf } from "../../../../core/compare/rules/envelope.ts";
import type { PairScene } from "../../../../core/compare/rules/rule.ts";

const DATA = Array.from({ length: 30 }, (_, at) => ({ id: at, label: `number ${at}`, price: at * 2 }));

function sceneOf(reference: string, shadow: string): PairScene {
  const side = (body: string) => ({ status: 200, headers: {}, body, latencyMs: 1 });
  const request = { method: "GET", path: "/a", headers: {}, body: null };
  const pair = { id: "a", request, prod: side(reference), shadow: side(shadow) };
  return { pair, reference: pair.prod, shadow: pair.shadow, credentials: "none", slow: 0, pairs: 1 };
}

describe("what changed in the shadow's body", () => {
  it("is gathered once for a pair", () => {
    const scene = sceneOf(JSON.stringify(DATA), JSON.stringify(DATA.with(3, { id: 3, label: "other", price: 6 })));
    expect(changedBody(scene)?.around).toContain("other");
    expect(changedBody(scene)).toBe(changedBody(scene));
  });

  it("leaves alone what a body says of its own success where only values of data changed", () => {
    const body = (price: number): string => JSON.stringify({ success: true, data: DATA, sum: price, more: DATA });
    expect(keepsEnvelope(sceneOf(body(1), body(2)))).toBe(true);
  });

  it("never leaves it alone where the two bodies speak of it differently", () => {
    const name = fc.constantFrom(
      "error",
      "errors",
      "success",
      "status",
      "code",
      "message",
      "msg",
      "data",
      "label",
      "title",
      "type",
    );
    const scalar = fc.constantFrom(null, true, false, 0, 200, 500, "ok", "error", "", "x", "Not found");
    const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.dictionary(name, scalar, { maxKeys: 2 }));
    const members = fc.array(fc.tuple(name, value), { maxLength: 4 });
    const body = (before: unknown, after: unknown): string => {
      const entries = (list: unknown): object => Object.fromEntries(Array.isArray(list) ? list : []);
      return JSON.stringify({ ...entries(before), items: DATA, ...entries(after), rest: DATA });
    };
    fc.assert(
      fc.property(members, members, members, members, (a, b, c, d) => {
        const [reference, shadow] = [body(a, b), body(fc.stringify(a).length % 2 === 0 ? a : c, d)];
        return !keepsEnvelope(sceneOf(reference, shadow)) || same(envelopeOf(reference), envelopeOf(shadow));
      }),
      { numRuns: 300 },
    );
  });
});

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
