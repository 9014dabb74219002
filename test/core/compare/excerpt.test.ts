import { describe, expect, it, test } from "vitest";
import { excerptOf, excerptsOf, MAX_EXCERPT_CHARS } from "../../../core/compare/excerpt.ts";
import { parseJson } from "../../../core/compare/json/parse.ts";

function excerpt(text: string): string {
  const parsed = parseJson(text);
  return parsed.ok ? excerptOf(parsed.value) : "not JSON";
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

describe("the excerpts of two texts", () => {
  it("are the texts themselves while they are short", () => {
    expect(excerptsOf("a", 'b"')).toEqual(['"a"', '"b\\""']);
  });

  it("show the first place where long texts differ", () => {
    const same = "s".repeat(50_000);
    const [left, right] = excerptsOf(`${same}left${same}`, `${same}right${same}`);
    expect([left, right]).toEqual([expect.stringContaining("sleft"), expect.stringContaining("sright")]);
    expect([left.length, right.length].every((length) => length <= MAX_EXCERPT_CHARS)).toBe(true);
    expect(left).toMatch(/^"….*…"$/);
  });
});
