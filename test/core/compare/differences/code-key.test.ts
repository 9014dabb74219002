/** Codes of currencies, countries and locales are keys of maps; names of fields that look alike are not. */
import { expect, test } from "vitest";
import { isCodeKey } from "../../../../core/compare/differences/code-key.ts";
import { EMPTY_MEMORY } from "../../../../core/verdict/case.ts";
import { judge } from "../../../../core/verdict/judge.ts";
import { answer, pairOf } from "../../pair/builder.ts";

test.each(["EUR", "USD", "XOF", "DE", "US", "en-US", "pt_BR", "zh-Hans-CN", "es-419"])("%s is a code", (key) => {
  expect(isCodeKey(key)).toBe(true);
});

test.each(["eur", "SKU", "ALL", "TRY", "ID", "NO", "id", "to", "en", "is_OK", "us-east", "en-us", "EURO", ""])(
  "%j may be the name of a field",
  (key) => expect(isCodeKey(key)).toBe(false),
);

/** The signatures that count. */
function signatures(prod: object, shadow: object): readonly string[] {
  const { judged } = judge(pairOf({ prod: answer(prod), shadow: answer(shadow) }), EMPTY_MEMORY);
  return [...new Set(judged.findings.flatMap(({ noise, signature }) => (noise === null ? [signature] : [])))];
}

test("prices in any currency are one place, whichever and however many an answer has", () => {
  const of = (amount: number, ...codes: readonly string[]) => ({
    prices: Object.fromEntries(codes.map((code) => [code, { amount, label: "net" }])),
  });
  const one = signatures(of(10, "EUR"), of(11, "EUR"));
  expect(one).toHaveLength(1);
  expect(signatures(of(10, "USD", "EUR", "CHF"), of(11, "USD", "EUR", "CHF"))).toEqual(one);
  expect(signatures(of(10, "CHF", "USD"), of(11, "USD", "CHF"))).toEqual(one);
});
