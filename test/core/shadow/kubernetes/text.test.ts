/** Dollars, bytes and amounts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64Of, bytesQuantity, cpuQuantity, escaped } from "../../../../core/shadow/kubernetes/text.ts";

/** As Kubernetes reads it: https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go */
function expanded(text: string): string {
  return text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (_, name?: string) => (name === undefined ? "$" : "<expanded>"));
}

describe("dollars", () => {
  it.each([
    ["$(HOME)", "$$(HOME)"],
    ["a $ b", "a $ b"],
    ["${X}", "${X}"],
    ["$$", "$$$"],
  ])("%s is written %s", (text, written) => expect(escaped(text)).toBe(written));

  it("come out as they went in, whatever the text", () => {
    const dollars = fc.string({ unit: fc.constantFrom("$", "(", ")", "A", " ") });
    fc.assert(
      fc.property(dollars, (text) => {
        expect(expanded(escaped(text))).toBe(text);
      }),
    );
  });
});

it("base64 is of the text's UTF-8", () => {
  const char = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code).toWellFormed());
  const text = fc.string({ unit: fc.oneof(char, fc.constantFrom("a", "ü", "€", "😀")) });
  fc.assert(
    fc.property(text, (one) => {
      expect(base64Of(one)).toBe(Buffer.from(one).toString("base64"));
    }),
  );
});

it("amounts are whole and have the largest unit that loses nothing", () => {
  expect([bytesQuantity(64 * 1024 * 1024), bytesQuantity(1000.7), cpuQuantity(250), cpuQuantity(0.2)]).toEqual([
    "64Mi",
    "1000",
    "250m",
    "1m",
  ]);
});
