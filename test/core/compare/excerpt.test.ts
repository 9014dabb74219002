import { describe, expect, it } from "vitest";
import { excerptsOf, MAX_EXCERPT_CHARS } from "../../../core/compare/excerpt.ts";

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
