import { expect, it } from "vitest";
import { hashText, mixHashes } from "../../../core/compare/hash.ts";

it("is the same in every version of this program", () => {
  expect(hashText("", 0)).toBe(3338908027751811);
  expect(hashText("a", 0)).toBe(7929297801672961);
});

it("stays a whole number that JavaScript can hold", () => {
  for (const text of ["", "a", "é", "\ud800", "x".repeat(10_000)]) {
    expect(Number.isSafeInteger(hashText(text, 7))).toBe(true);
    expect(Number.isSafeInteger(mixHashes(hashText(text), hashText(text, 1)))).toBe(true);
  }
});

it("tells texts, seeds and the order of a mix apart", () => {
  const texts = Array.from({ length: 20_000 }, (_, n) => `text ${n}`);
  expect(new Set(texts.map((text) => hashText(text))).size).toBe(texts.length);
  expect(hashText("a", 1)).not.toBe(hashText("a", 2));
  expect(mixHashes(1, 2)).not.toBe(mixHashes(2, 1));
});
