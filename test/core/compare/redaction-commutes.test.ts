/**
 * Redaction and comparison commute for equality: with one key, two bodies differ at the same paths in the same way before and
 * after both were redacted. What a value was is lost; that it changed, vanished or took another type is not.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonDifferences } from "../../../core/compare/differences/json.ts";
import { answered, type Pair } from "../../../core/pair/pair.ts";
import { redactPair } from "../../../core/redact/pair.ts";
import { answer, pairOf } from "../pair/builder.ts";
import { redactor } from "../redact/redactor.ts";

function differencesOf({ prod, shadow }: Pair): readonly string[] {
  if (!answered(prod) || !answered(shadow)) throw new Error("a side gave no answer");
  const compared = jsonDifferences(prod.body, shadow.body);
  if (!compared.ok) throw new Error(`the ${compared.broken} is no JSON`);
  return compared.differences.map(({ kind, path, pattern }) => `${kind} ${path} ${pattern}`);
}

const secret = fc.constantFrom("password", "token", "api_key", "ssn", "authorization", "session");
const plain = fc.constantFrom("name", "price", "city", "note", "active");
const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, "", 0, 1, -1, 1.5, 10, 1e21, "1", "true", "null"),
  fc.constantFrom<unknown>(
    "somebody@example.com",
    "other@example.com",
    "Bearer abcdefghijklmnop",
    "4111 1111 1111 1111",
  ),
  fc.string({ maxLength: 12 }),
  fc.integer(),
);
const record = fc.dictionary(fc.oneof(secret, plain), scalar, { maxKeys: 5 });
const body = fc.record({ user: record, items: fc.array(record, { maxLength: 3 }), more: scalar });

describe("two bodies", () => {
  it("differ at the same paths before and after redaction", () => {
    fc.assert(
      fc.property(body, body, fc.boolean(), (one, other, alike) => {
        // Two bodies made apart differ everywhere: half of the time only one part of them does.
        const shadow = alike ? { ...one, user: other.user } : other;
        const pair = pairOf({ prod: answer(JSON.stringify(one)), shadow: answer(JSON.stringify(shadow)) });
        expect(differencesOf(redactPair(pair, redactor))).toEqual(differencesOf(pair));
      }),
    );
  });

  it("that are equal in another spelling stay equal", () => {
    fc.assert(
      fc.property(body, (made) => {
        const reversed = JSON.stringify(Object.fromEntries(Object.entries(made).toReversed()), null, 2);
        const pair = pairOf({ prod: answer(JSON.stringify(made)), shadow: answer(reversed) });
        expect(differencesOf(redactPair(pair, redactor))).toEqual([]);
      }),
    );
  });

  it("in which a secret flag vanished and another one came show no move", () => {
    const [prod, shadow] = [answer({ a: { password: true, c: 1 } }), answer({ a: { c: 1 }, token: true })];
    expect(differencesOf(redactPair(pairOf({ prod, shadow }), redactor))).toEqual([
      "extra $.token $.token",
      "missing $.a.password $.a.password",
    ]);
  });
});
