import { describe, expect, test } from "vitest";
import { locationDifferences } from "../../../../core/compare/differences/location.ts";
import { EMPTY_MEMORY } from "../../../../core/verdict/case.ts";
import { judge } from "../../../../core/verdict/judge.ts";
import { answer, pairOf } from "../../pair/builder.ts";

function kinds(reference: string, shadow: string): readonly string[] {
  return locationDifferences(reference, shadow).map(({ kind, path }) => `${kind} ${path}`);
}

test.each([
  ["/a?x=1&y=2", "/a?y=2&x=1", []],
  ["/a", "/b", ["value header:location"]],
  ["/a?x=1", "/b?x=2", ["value header:location", "value header:location?x"]],
  ["/a?x=1", "/a", ["missing header:location?x"]],
  ["/a", "/a?x", ["extra header:location?x"]],
  ["/a?x=1&x=2", "/a?x=2&x=1", ["value header:location?x"]],
  ["https://Shop.test:443", "https://shop.test/", []],
  ["/caf%c3%a9", "/caf%C3%A9", []],
  ["/a?to=%2fb", "/a?to=/b", []],
  ["http://shop.test/a", "https://shop.test/a", ["value header:location"]],
  ["/a#top", "/a#end", ["value header:location"]],
  ["/a?u=/b?c=d", "/a?u=/b?c=e", ["value header:location?u"]],
])("%s against %s: %j", (reference, shadow, expected) => {
  expect(kinds(reference, shadow)).toEqual(expected);
});

describe("a redirect with a parameter that production itself makes anew", () => {
  const to = (location: string) => answer("", { status: 302, headers: { location } });
  const counting = (shadow: string) => {
    const pair = pairOf({ prod: to("/desk?visit=17"), shadow: to(shadow), control: to("/desk?visit=52") });
    const { verdict, findings } = judge(pair, EMPTY_MEMORY).judged;
    return [verdict, ...findings.filter(({ noise }) => noise === null).map(({ path }) => path)];
  };

  test("is Safe where only that parameter differs", () => {
    expect(counting("/desk?visit=88")).toEqual(["Safe"]);
  });

  test("is Critical where it leads elsewhere", () => {
    expect(counting("/exit?visit=88")).toEqual(["Critical", "header:location"]);
  });
});
