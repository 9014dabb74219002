import { expect, it, test } from "vitest";
import type { Difference } from "../../../core/compare/difference.ts";
import {
  bothNumbers,
  bothStrings,
  excerptText,
  excerptType,
  isEmptyExcerpt,
} from "../../../core/compare/excerpt-value.ts";

test.each([
  [undefined, "none", null],
  ["null", "null", "null"],
  ["true", "boolean", "true"],
  ["false", "boolean", "false"],
  ["-1.50", "number", "-1.50"],
  ['"a\\nb"', "string", "a\nb"],
  ['"cut in the midd…', "string", "cut in the midd…"],
  ["[1]", "list", null],
  ['{"a":1}', "object", null],
])("%s is read as %s with the text %j", (excerpt, type, text) => {
  expect([excerptType(excerpt), excerptText(excerpt)]).toEqual([type, text]);
});

test.each([
  ['""', true],
  ['"  "', true],
  ['"\\n\\t"', true],
  ["[]", true],
  ["{}", true],
  ['"a"', false],
  ["null", false],
  ["0", false],
  ["[[]]", false],
  [undefined, false],
])("%s is empty: %s", (excerpt, expected) => {
  expect(isEmptyExcerpt(excerpt)).toBe(expected);
});

it("gives both sides only where both are of that type", () => {
  const of = (reference?: string, shadow?: string): Difference => ({
    part: "body",
    kind: "value",
    path: "$",
    pattern: "$",
    ...(reference === undefined ? {} : { reference }),
    ...(shadow === undefined ? {} : { shadow }),
  });
  expect(bothStrings(of('"a"', '"b"'))).toEqual(["a", "b"]);
  expect(bothStrings(of('"a"', "1"))).toBeNull();
  expect(bothStrings(of('"a"'))).toBeNull();
  expect(bothNumbers(of("1", "2.0"))).toEqual(["1", "2.0"]);
  expect(bothNumbers(of("1", '"2"'))).toBeNull();
  expect(bothNumbers(of(undefined, "2"))).toBeNull();
});
