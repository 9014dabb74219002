import { describe, expect, it, test } from "vitest";
import { around, surroundings } from "../../../core/verdict/surroundings.ts";
import { answer } from "../pair/builder.ts";

const body = {
  list: [
    { id: 1, name: "a" },
    { id: 2, name: "b" },
  ],
  'odd "key"': { x: 1 },
  "a.b": { y: 2 },
};

describe("the text around a path", () => {
  test.each([
    ["$.list[1].name", '{"id":2,"name":"b"}'],
    ["$.list[1].gone", '{"id":2,"name":"b"}'],
    ['$["odd \\"key\\""].x', '{"x":1}'],
    ['$["a.b"].y', '{"y":2}'],
  ])("%s is %s", (path, expected) => {
    expect(surroundings(answer(body), path, 200)).toBe(expected);
  });

  it("is that of a line in other bodies", () => {
    expect(surroundings(answer("one\ntwo\nthree\nfour"), "body:line 3", 12)).toContain("three");
  });

  it("is the beginning of what is no JSON any more", () => {
    expect(surroundings(answer('{"a":1,"b'), "$.a", 5)).toBe('{"a":');
  });

  it("is nothing for bytes and for nothing", () => {
    expect([
      surroundings(answer("AAAA", { bodyEncoding: "base64" }), "body", 9),
      surroundings(answer(""), "$", 9),
    ]).toEqual([null, null]);
  });
});

test.each([
  [0, "abcd"],
  [5, "defg"],
  [9, "ghij"],
])("around %i of ten letters stand %s", (position, expected) => {
  expect(around("abcdefghij", position, 4)).toBe(expected);
});
