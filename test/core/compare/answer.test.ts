import { describe, expect, it, test } from "vitest";
import { headerText, headerValues, mayHaveBody, mediaTypeOf, momentOf, sizeOf } from "../../../core/compare/answer.ts";
import { answer } from "../pair/builder.ts";

describe("a header", () => {
  const some = answer({}, { headers: { one: "a", two: ["a", "b"], none: [] } });

  test.each([
    ["one", ["a"], "a"],
    ["two", ["a", "b"], "a, b"],
    ["none", [], undefined],
    ["absent", [], undefined],
    ["constructor", [], undefined],
  ])("called %s has the values %j", (name, values, text) => {
    expect([headerValues(some, name), headerText(some, name)]).toEqual([values, text]);
  });
});

test.each([
  ["application/json; charset=utf-8", "application/json", "utf-8"],
  ['Text/HTML ; boundary=x; CHARSET="ISO-8859-1"', "text/html", "iso-8859-1"],
  ["text/plain", "text/plain", ""],
  ["", "", ""],
  [undefined, "", ""],
])("%s is the type %s with charset %j", (text, type, charset) => {
  expect(mediaTypeOf(text)).toEqual({ type, charset });
});

test.each([
  ["GET", 200, true],
  ["get", 500, true],
  ["HEAD", 200, false],
  ["head", 200, false],
  ["GET", 204, false],
  ["GET", 205, false],
  ["GET", 304, false],
  ["GET", 101, false],
])("an answer to %s with %i may have a body: %s", (method, status, expected) => {
  expect(mayHaveBody(method, status)).toBe(expected);
});

it("measures a body in bytes where they are known", () => {
  expect(sizeOf(answer("abc"))).toBe(3);
  expect(sizeOf(answer("abc", { bodyBytes: 900 }))).toBe(900);
});

it("reads its moment from its own date", () => {
  expect(momentOf(answer({}, { headers: { date: "Sat, 21 Nov 2026 10:00:00 GMT" } }))).toBe(Date.UTC(2026, 10, 21, 10));
  expect(momentOf(answer({}, { headers: { date: "soon" } }))).toBeNull();
  expect(momentOf(answer({}))).toBeNull();
});
