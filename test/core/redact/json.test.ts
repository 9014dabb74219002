import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactJson } from "../../../core/redact/json.ts";
import { redaction, TOKEN } from "./redactor.ts";

const redacted = (text: string): string => redactJson(text, redaction()).text;
const valueOf = (text: string): unknown => (JSON.parse(redacted(text)) as { password: unknown }).password;

describe("a value under a secret name", () => {
  test.each(['"hunter2"', "12345", "-1.5e3", "true", "false"])("%s becomes a token of its type", (value) => {
    expect(valueOf(`{"password":${value}}`)).toMatch(new RegExp(`^${TOKEN}$`));
  });

  test.each(["null", '""', "{}", "[]"])("%s stays, so that checks on it still apply", (value) => {
    expect(redacted(`{"password":${value}}`)).toBe(`{"password":${value}}`);
  });

  test("is found at any depth, and every leaf below it goes", () => {
    const text = redacted('{"a":[{"b":{"session":{"id":"s-1","list":[1,{"c":"s-2"}],"none":null}}}],"d":"open"}');
    expect(text).not.toMatch(/s-1|s-2/);
    expect(text).toMatch(new RegExp(`"list":\\["${TOKEN}",\\{"c":"${TOKEN}"\\}\\],"none":null`));
    expect(text).toContain('"d":"open"');
  });

  test("is found in JSON inside a string", () => {
    expect(redacted(String.raw`{"payload":"{\"token\":\"t-1\"}"}`)).not.toContain("t-1");
  });

  test("that the capture limit cut goes whole, and stays open", () => {
    expect(redacted('{"a":1,"password":"hunt')).toMatch(new RegExp(`^\\{"a":1,"password":"${TOKEN}$`));
    expect(redacted(String.raw`{"password":"hunt\u00`)).not.toContain("hunt");
  });

  test("has one token for all spellings of it", () => {
    expect(valueOf(String.raw`{"password":"\u0061b"}`)).toBe(valueOf('{"password":"ab"}'));
    expect(valueOf('{"password":1.0}')).toBe(valueOf('{"password":10e-1}'));
    expect(valueOf('{"password":9007199254740993}')).not.toBe(valueOf('{"password":9007199254740992}'));
    expect(valueOf('{"password":1}')).not.toBe(valueOf('{"password":"1"}'));
  });
});

test("everything else stays byte for byte: numbers, key order, duplicate keys, white space, escapes", () => {
  const text =
    String.raw`{ "b" : 12345678901234567890, "a": 1.00, "a": 1e2,` + "\n" + String.raw`"s": "\u00e9\/", "t": [ ] }`;
  expect(redacted(text)).toBe(text);
});

test("text that is no JSON is said to be broken", () => {
  expect(redactJson('{"a": "x"y", "password": "p"}', redaction()).broken).toBe(true);
  expect(redactJson('{"a": tru', redaction()).broken).toBe(false);
});

test("equal values stay equal and different ones different, for strings and whole numbers", () => {
  const value = fc.oneof(fc.string({ minLength: 1 }), fc.integer());
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [first, second] = [valueOf(JSON.stringify({ password: a })), valueOf(JSON.stringify({ password: b }))];
      expect(first === second).toBe(a === b);
    }),
  );
});

test("redacting twice changes nothing, and JSON without secret names is untouched", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const once = redacted(`{"token":${text}}`);
      expect(redacted(once)).toBe(once);
      expect(() => JSON.parse(once) as unknown).not.toThrow();
    }),
  );
});
