import { expect, test } from "vitest";
import { parseJson } from "../../../../core/compare/json/parse.ts";
import { hashOf, isScalar, type Json, typeOf } from "../../../../core/compare/json/value.ts";

function json(text: string): Json {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : null;
}

test.each([
  ["null", "null", true],
  ["true", "boolean", true],
  ['"a"', "string", true],
  ["1.5", "number", true],
  ["[]", "list", false],
  ["{}", "object", false],
])("%s is of type %s", (text, type, scalar) => {
  expect([typeOf(json(text)), isScalar(json(text))]).toEqual([type, scalar]);
});

test.each([
  ['{"a":1,"b":[2]}', '{ "b": [2.0], "a": 1e0 }'],
  ['"\\u00e9"', '"é"'],
  ["[]", "[ ]"],
])("%s and %s are one value", (left, right) => {
  expect(hashOf(json(left))).toBe(hashOf(json(right)));
});

test("values of different types or content never share a hash here", () => {
  const texts = [
    "null",
    "true",
    "false",
    "0",
    "1",
    '""',
    '"1"',
    '"null"',
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[1,2]",
    "[2,1]",
  ];
  const objects = [
    '{"a":1}',
    '{"a":"1"}',
    '{"b":1}',
    '{"a":{"b":1}}',
    '{"a":1,"b":2}',
    '{"a":2,"b":1}',
    '{"a":1,"a":2}',
  ];
  const hashes = [...texts, ...objects].map((text) => hashOf(json(text)));
  expect(new Set(hashes).size).toBe(hashes.length);
});
