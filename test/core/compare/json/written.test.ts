import { describe, expect, it, test } from "vitest";
import { MAX_EXCERPT_CHARS } from "../../../../core/compare/excerpt.ts";
import { ROOT_NODE } from "../../../../core/compare/json/document.ts";
import { readJson } from "../../../../core/compare/json/read.ts";
import { excerptOfNode } from "../../../../core/compare/json/written.ts";

function excerpt(text: string): string {
  const read = readJson(text);
  return read.ok ? excerptOfNode(read.document, ROOT_NODE) : "not JSON";
}

describe("the excerpt of a value", () => {
  test.each([
    ["null", "null"],
    ['"a\\"b"', '"a\\"b"'],
    ["1.50", "1.50"],
    ['{ "a": [1, true] }', '{"a":[1,true]}'],
    ["[[[[[1]]]]]", "[[[[[…]]]]]"],
    ["[[[[[]]]]]", "[[[[[]]]]]"],
    ['[[[[{"a":1}]]]]', "[[[[{…}]]]]"],
  ])("%s is %s", (text, expected) => {
    expect(excerpt(text)).toBe(expected);
  });

  it("is bounded, however large the value is", () => {
    for (const text of [`"${"x".repeat(9_000)}"`, `[${"12345,".repeat(9_000)}1]`, `[${"[],".repeat(9_000)}1]`]) {
      expect(excerpt(text).length).toBeLessThanOrEqual(MAX_EXCERPT_CHARS);
      expect(excerpt(text)).toMatch(/…\]?$/);
    }
  });
});
