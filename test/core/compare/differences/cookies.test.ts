import { describe, expect, it, test } from "vitest";
import { cookieDifferences } from "../../../../core/compare/differences/cookies.ts";
import { short } from "./bodies.ts";

describe("two sets of cookies", () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["equal", ["a=1; Path=/"], ["a=1; path=/"], []],
    ["in another order", ["a=1", "b=2"], ["b=2", "a=1"], []],
    ["attributes in another order", ["a=1; Secure; HttpOnly"], ["a=1; HttpOnly; Secure"], []],
    ["a value that changed", ["a=1"], ["a=2"], ["value header:set-cookie:a"]],
    ["a cookie that is gone", ["a=1", "b=2"], ["b=2"], ["missing header:set-cookie:a"]],
    ["a cookie that is new", ["b=2"], ["a=1", "b=2"], ["extra header:set-cookie:a"]],
    [
      "a name in other letters is another cookie",
      ["a=1"],
      ["A=1"],
      ["missing header:set-cookie:a", "extra header:set-cookie:A"],
    ],
    ["a flag that is gone", ["a=1; HttpOnly; Secure"], ["a=1; Secure"], ["missing header:set-cookie:a;httponly"]],
    ["a flag that is new", ["a=1"], ["a=1; Secure"], ["extra header:set-cookie:a;secure"]],
    [
      "an attribute that changed",
      ["a=1; SameSite=Strict"],
      ["a=1; samesite=lax"],
      ["value header:set-cookie:a;samesite"],
    ],
    ["a value with an equals sign", ["a=b=c"], ["a=b=d"], ["value header:set-cookie:a"]],
    [
      "one name on two paths, one gone",
      ["a=1; Path=/x", "a=2; Path=/y"],
      ["a=2; Path=/y"],
      ["missing header:set-cookie:a"],
    ],
    ["one name on two paths, in another order", ["a=1; Path=/x", "a=2; Path=/y"], ["a=2; Path=/y", "a=1; Path=/x"], []],
    [
      "one name on two paths, one without its flag",
      ["a=1; Path=/x; Secure", "a=2; Path=/y"],
      ["a=1; Path=/x", "a=2; Path=/y"],
      ["missing header:set-cookie:a;secure"],
    ],
  ])("%s", (_, reference, shadow, expected) => {
    expect(cookieDifferences(reference, shadow).map(short)).toEqual(expected);
  });
});

it("keeps ids out of the patterns of cookie names", () => {
  const [found] = cookieDifferences(["visit-3f2a9c01=1"], []);
  expect([found?.path, found?.pattern]).toEqual(["header:set-cookie:visit-3f2a9c01", "header:set-cookie:visit-*"]);
});

it("shows a flag by its name", () => {
  expect(cookieDifferences(["a=1; Secure"], ["a=1"])[0]?.reference).toBe('"secure"');
});
