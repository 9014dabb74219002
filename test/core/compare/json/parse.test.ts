/** The reader of JSON agrees with the platform's about what is JSON, and keeps what that one loses. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../core/compare/json/parse.ts";
import type { Json } from "../../../../core/compare/json/value.ts";

function plain(json: Json): unknown {
  if (json === null || typeof json !== "object") return json;
  if (json.type === "number") return Number(json.text);
  if (json.type === "list") return json.items.map(plain);
  return Object.fromEntries([...json.members].map(([key, value]) => [key, plain(value)]));
}

function platform(text: string): unknown {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return "not JSON";
  }
}

function ours(text: string): unknown {
  const parsed = parseJson(text);
  return parsed.ok ? { value: plain(parsed.value) } : "not JSON";
}

const BROKEN = [
  "",
  " ",
  "{",
  "[",
  "[1,]",
  '{"a":1,}',
  '{"a"}',
  "{a:1}",
  "[1 2]",
  "01",
  "+1",
  "1.",
  ".5",
  "nul",
  "tru e",
  '"a',
  "'a'",
  "[,1]",
  '{"a":1 "b":2}',
  '{,"a":1}',
  "1 2",
  '"\\x"',
  '"\n"',
  "]",
  "}",
  "[1}",
  '{"a":[}',
  "-",
  "NaN",
];

describe("parseJson", () => {
  it("reads what the platform reads", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        fc.pre(!text.includes("__proto__"));
        expect(ours(text)).toEqual(platform(text));
      }),
    );
  });

  it.each(BROKEN)("refuses %j as the platform does", (text) => {
    expect([ours(text), platform(text)]).toEqual(["not JSON", "not JSON"]);
  });

  it("refuses what the platform refuses, for any damage to a text", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", ",", '"', "}", "]", ":", "0", "\\", "-", "e"),
        (text, at, put) => {
          const cut = at % (text.length + 1);
          const damaged = text.slice(0, cut) + put + text.slice(cut + 1);
          fc.pre(!damaged.includes("__proto__"));
          expect(ours(damaged)).toEqual(platform(damaged));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("gives what stands before a cut, at any place", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (body, at) => {
        const text = JSON.stringify(body);
        const parsed = parseJson(text.slice(0, 1 + (at % text.length)), true);
        expect(parsed.ok).toBe(true);
      }),
    );
  });
});
