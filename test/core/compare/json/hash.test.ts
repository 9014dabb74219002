import { expect, test } from "vitest";
import { ROOT_NODE } from "../../../../core/compare/json/document.ts";
import { hashOfNode } from "../../../../core/compare/json/hash.ts";
import { readJson } from "../../../../core/compare/json/read.ts";

function hash(text: string): number {
  const read = readJson(text);
  return read.ok ? hashOfNode(read.document, ROOT_NODE) : Number.NaN;
}

test.each([
  ['{"a":1,"b":[2]}', '{ "b": [2.0], "a": 1e0 }'],
  ['"\\u00e9"', '"é"'],
  ["[]", "[ ]"],
  ["1.0", "1"],
  ["10e-1", "1"],
  ["-0", "0"],
  ["0.1", "0.10000000000000001"],
  ['{"a":{"b":1},"c":2}', '{"c":2,"a":{"b":1}}'],
  ['{"a":1}', '{"a":1,"a":1}'],
])("%s and %s are one value", (left, right) => {
  expect(hash(left)).toBe(hash(right));
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
    "[[1],2]",
    "[[1,2]]",
    "1E400",
    "1e401",
    "9007199254740993",
    "9007199254740992",
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
  const hashes = [...texts, ...objects].map(hash);
  expect(new Set(hashes).size).toBe(hashes.length);
});
