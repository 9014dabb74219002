import { describe, expect, it, test } from "vitest";
import { jsonDifferences } from "../../../../core/compare/differences/json.ts";
import { MAX_DIFFERENCES } from "../../../../core/compare/differences/walk.ts";
import { short } from "./bodies.ts";

function found(reference: string, shadow: string, cut = false): readonly string[] {
  const compared = jsonDifferences(reference, shadow, { referenceCut: cut, shadowCut: cut });
  return compared.ok ? compared.differences.map(short) : [`${compared.broken} is no JSON`];
}

describe("two values", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["another value", '{"a":1}', '{"a":2}', ["value $.a"]],
    ["another type", '{"a":1}', '{"a":"1"}', ["type $.a"]],
    ["null", '{"a":1}', '{"a":null}', ["type $.a"]],
    ["no longer null", '{"a":null}', '{"a":1}', ["type $.a"]],
    ["an object instead of a list", '{"a":[]}', '{"a":{}}', ["type $.a"]],
    ["a field lost", '{"a":1,"b":1}', '{"b":1}', ["missing $.a"]],
    ["a field added", '{"b":1}', '{"a":1,"b":1}', ["extra $.a"]],
    ["a field renamed", '{"a":1,"b":1}', '{"c":1,"b":1}', ["missing $.a", "extra $.c"]],
    ["an object emptied", '{"o":{"a":1}}', '{"o":{}}', ["value $.o"]],
    ["an empty object filled", '{"o":{}}', '{"o":{"a":1}}', ["extra $.o.a"]],
    ["an entry of a map lost", '{"m":{"17":1,"18":1}}', '{"m":{"17":1}}', ['missing $.m["18"] item']],
    ["a key that stands twice", '{"a":1}', '{"a":2,"a":1}', ["extra $.a duplicate"]],
    ["a key that stands twice on both sides", '{"a":2,"a":1}', '{"a":2,"a":1}', []],
    ["a key that stands twice with one value", '{"a":1}', '{"a":1,"a":1}', []],
    ["a digit beyond 2^53", '{"a":9007199254740993}', '{"a":9007199254740992}', ["value $.a"]],
    ["a redacted number against null", '{"a":"redacted:number:s:k:h"}', '{"a":null}', ["type $.a"]],
    ["a redacted number against a number", '{"a":"redacted:number:s:k:h"}', '{"a":5}', ["value $.a"]],
    ["a redacted number against a text", '{"a":"redacted:number:s:k:h"}', '{"a":"5"}', ["type $.a"]],
    ["a key called __proto__", '{"__proto__":1}', "{}", ["value $"]],
  ])("%s", (_, reference, shadow, expected) => {
    expect(found(reference, shadow)).toEqual(expected);
  });

  it("are reported in the order of the document", () => {
    const reference = '{"z":1,"a":{"y":1,"b":1},"c":[1,{"d":1}]}';
    expect(found(reference, reference.replaceAll(":1", ":2"))).toEqual([
      "value $.z",
      "value $.a.y",
      "value $.a.b",
      "value $.c[1].d",
    ]);
  });
});

describe("values that were cut", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["what is beyond the cut is not missing", '{"a":1,"b":2}', '{"a":1,', []],
    ["nor extra", '{"a":1,', '{"a":1,"b":2}', []],
    [
      "an object that was closed before the cut is whole",
      '{"o":{"a":1,"b":2},"x',
      '{"o":{"a":1},"x',
      ["missing $.o.b"],
    ],
  ])("%s", (_, reference, shadow, expected) => {
    expect(found(reference, shadow, true)).toEqual(expected);
  });
});

it("says so when there are more differences than are kept", () => {
  const list = (by: number): string => JSON.stringify(Array.from({ length: MAX_DIFFERENCES + 5 }, (_, n) => [n + by]));
  const all = found(list(0), list(0.5));
  expect([all.length, all.at(-1)]).toEqual([MAX_DIFFERENCES + 1, "value $ cut"]);
});
