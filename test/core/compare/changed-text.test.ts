import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedText } from "../../../core/compare/changed-text.ts";

const item = (at: number, price: number): string =>
  `{"id":${at},"sku":"SKU-${at}","price":${price},"currency":"EUR","note":"the note of number ${at}, some words"}`;
const list = (prices: readonly number[]): string => `[${prices.map((price, at) => item(at, price)).join(",")}]`;
const PRICES = Array.from({ length: 40 }, (_, at) => at * 3 + 1);

describe("the text that changed", () => {
  it("is nothing of equal texts", () => {
    expect(changedText(list(PRICES), list(PRICES))).toEqual({ around: "", changed: "" });
  });

  it("is a changed value with the texts beside it", () => {
    const found = changedText(list(PRICES), list(PRICES.with(20, 999)));
    expect(found?.changed).toBe("61\n999");
    expect(found?.around).toBe('","price":999,"currency":"EUR","');
  });

  it("is an added element, and what comes behind it is equal", () => {
    const texts = PRICES.map((price, at) => item(at, price));
    const found = changedText(`[${texts.join(",")}]`, `[${texts.toSpliced(20, 0, item(99, 5)).join(",")}]`);
    expect(found?.changed.length).toBeLessThan(item(99, 5).length + 5);
    expect(found?.around).toContain("SKU-99");
  });

  it("is not said of texts that are too different", () => {
    expect(changedText("a".repeat(20_000), "b".repeat(20_000))).toBeNull();
  });

  it("shows whatever was put into the shadow, wherever it stands", () => {
    const place = fc.record({ at: fc.nat({ max: 39 }), field: fc.constantFrom("sku", "note") });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 4 }), place, fc.nat({ max: 30 }), (others, secret, inside) => {
        const put = (
          text: string,
          { at, field }: typeof place extends fc.Arbitrary<infer T> ? T : never,
          what: string,
        ) => text.replace(`"id":${at},`, `"id":${at},"${field}2":"${"x".repeat(inside)}${what}",`);
        const reference = list(PRICES);
        const shadow = put(
          others.reduce((text, other) => put(text, other, "other"), reference),
          secret,
          "Traceback (most recent call last)",
        );
        const found = changedText(reference, shadow);
        return found === null || found.around.includes("Traceback (most recent call last)");
      }),
      { numRuns: 200 },
    );
  });

  it("leaves nothing out that only the shadow has, whatever the two texts are", () => {
    const part = fc.constantFrom('"a":1', ",", '"b":"x"', "{", "}", "[", "]", '\\"', " ", "at fn (", "err", "0", '","');
    const text = fc.array(part, { maxLength: 300 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        text,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 9 }), text), { maxLength: 3 }),
        (reference, edits) => {
          const shadow = edits.reduce(
            (made, [at, length, more]) =>
              made.slice(0, at % (made.length + 1)) + more + made.slice((at % (made.length + 1)) + length),
            reference,
          );
          const found = changedText(reference, shadow);
          if (found === null) return true;
          const added = found.changed.split("\n").filter((_, at) => at % 2 === 1);
          return added.every((one) => shadow.includes(one)) && (found.changed === "") === (reference === shadow);
        },
      ),
      { numRuns: 300 },
    );
  });
});
