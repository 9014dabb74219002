import { describe, expect, it, test } from "vitest";
import { textDifferences } from "../../../../core/compare/differences/text.ts";
import { cpuMsSince, cpuNow } from "../../../cpu-time.ts";
import { short } from "./bodies.ts";

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join("\n");

describe("two texts", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["equal", "a\nb", "a\nb", []],
    ["another end of lines", "a\nb\n", "a\r\nb\r\n", []],
    ["an end of line at the end", "a\nb", "a\nb\n", []],
    ["white space at the end of a line", "a\nb", "a  \nb\t", []],
    ["a changed line", "a\nb\nc", "a\nx\nc", ["value body:line 2"]],
    ["a line put in", "a\nb", "a\nx\nb", ["extra body:line 2"]],
    ["a line dropped", "a\nb\nc", "a\nc", ["missing body:line 2"]],
    ["two lines put in at two places", "a\nb\nc", "x\na\nb\ny\nc", ["extra body:line 1", "extra body:line 4"]],
    [
      "one dropped here, one put in there",
      "a\nb\nc\nd\ne",
      "b\nc\nd\nx\ne",
      ["missing body:line 1", "extra body:line 4"],
    ],
    ["all lines new", "a\nb", "x\ny", ["value body:line 1", "value body:line 2"]],
    ["nothing against something", "", "a", ["extra body:line 1"]],
  ])("%s", (_, reference, shadow, expected) => {
    expect(textDifferences(reference, shadow).map(short)).toEqual(expected);
  });
});

describe("two texts of markup", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["on one line and on several", "<a><b/><c>x y</c></a>", "<a>\n  <b/>\n  <c>x\n    y</c>\n</a>\n", []],
    ["with words that grew together", "<a>x y</a>", "<a>xy</a>", ["value body:line 1"]],
    ["with elements that grew together", "<b>x</b> <b>y</b>", "<b>x</b><b>y</b>", ["value body:line 1"]],
    ["with empty lines and another word", "<a>\n\n\nx\n</a>", "<a>\n  y\n</a>", ["value body:line 4"]],
  ])("%s", (_, reference, shadow, expected) => {
    expect(textDifferences(reference, shadow, true).map(short)).toEqual(expected);
  });
});

it("says so when more lines differ than are listed", () => {
  const found = textDifferences(
    lines(3_000, (n) => `a${n}`),
    lines(2_999, (n) => `b${n}`),
  );
  expect(found).toHaveLength(201);
  expect(found.at(-1)?.traits).toEqual(["cut"]);
});

it("takes its time for long texts in proportion", () => {
  const started = cpuNow();
  textDifferences(
    lines(200_000, (n) => `a${n}`),
    lines(199_999, (n) => `a${n * 2}`),
  );
  expect(cpuMsSince(started)).toBeLessThan(2_000);
});
