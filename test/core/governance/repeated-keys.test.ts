/** Keys that stand twice in JSON, however they are written; and what cannot be told. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { saysKeysOnce } from "../../../core/governance/repeated-keys.ts";

const once = (text: string): boolean => saysKeysOnce(text, JSON.parse(text));

test.each([
  '{"a": 1, "b": {"a": 2}}',
  '[{"a": 1}, {"a": 1}]',
  '{"text": "\\"a\\": 1, \\"a\\": 2", "a" : ":"}',
  '{"": 1, "\\\\": 2, "\\"": 3}',
  '{"__proto__": 1, "constructor": 2}',
  '"a"',
  "[]",
])("%s says each once", (text) => {
  expect(once(text)).toBe(true);
});

test.each([
  '{"a": 1, "a": 1}',
  '{"a": 1, "\\u0061": 2}',
  '{"rules": [{"severity": "ERROR", "severity"\n:\t"WARNING"}]}',
  '{"a": {"b": 1}, "c": [{"d": {"e": 1, "e": {}}}]}',
  '{"__proto__": 1, "__proto__": 2}',
  // What the first one held is gone, and with it a key.
  '{"a": {"b": 1, "c": 2}, "a": {"b": 1}}',
])("%s repeats one", (text) => {
  expect(once(text)).toBe(false);
});

test("a value of any form says each key once, and no longer when one is written again", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, spaces) => {
      const text = JSON.stringify(value, null, spaces % 4);
      expect(saysKeysOnce(text, JSON.parse(text))).toBe(true);
      const [key = ""] = Object.keys(value);
      const twice = `{${JSON.stringify(key)}: 0, ${text.slice(1)}`;
      expect(saysKeysOnce(twice, JSON.parse(twice))).toBe(false);
    }),
  );
});

test("what is no JSON or nests too deeply cannot be told", () => {
  expect(saysKeysOnce("a: 1", undefined)).toBe(false);
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  expect(once(deep)).toBe(false);
});

test("a string of a million escapes is read like any other", () => {
  expect(once(JSON.stringify({ a: "\\".repeat(500_000) }))).toBe(true);
});
