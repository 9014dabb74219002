import { expect, it, test } from "vitest";
import { headerDifferences } from "../../../../core/compare/differences/headers.ts";
import type { Answer, Headers } from "../../../../core/pair/pair.ts";
import { short } from "./bodies.ts";

const of = (headers: Headers): Answer => ({ status: 200, body: "", latencyMs: 1, headers });

test.each<[string, Headers, Headers, readonly string[]]>([
  ["names in other letters", { "X-A": "1" }, { "x-a": "1" }, []],
  ["a value", { "x-a": "1" }, { "x-a": "2" }, ["value header:x-a"]],
  ["white space around a value", { "x-a": "1" }, { "x-a": " 1 " }, []],
  ["one that is gone", { "x-a": "1" }, {}, ["missing header:x-a"]],
  ["one that is new", {}, { "x-a": "1" }, ["extra header:x-a"]],
  ["two that were joined", { "x-a": ["1", "2"] }, { "x-a": "1, 2" }, []],
  [
    "the charset of JSON",
    { "content-type": "application/json" },
    { "content-type": "application/json; charset=UTF-8" },
    [],
  ],
  [
    "another charset of JSON",
    { "content-type": "application/json" },
    { "content-type": "application/json; charset=latin1" },
    ["value header:content-type"],
  ],
  [
    "the charset of a page",
    { "content-type": "text/html; charset=utf-8" },
    { "content-type": "text/html" },
    ["value header:content-type"],
  ],
  ["the names of JavaScript", { "content-type": "text/javascript" }, { "content-type": "application/javascript" }, []],
  [
    "directives in another order",
    { "cache-control": "no-store, max-age=0" },
    { "cache-control": "Max-Age = 0,no-store" },
    [],
  ],
  [
    "a directive that is gone",
    { "cache-control": "private, max-age=60" },
    { "cache-control": "max-age=60" },
    ["missing header:cache-control;private removed"],
  ],
  [
    "a directive that is new",
    { "cache-control": "max-age=60" },
    { "cache-control": "private, max-age=60" },
    ["extra header:cache-control;private"],
  ],
  [
    "a longer life",
    { "cache-control": "max-age=60" },
    { "cache-control": "max-age=90" },
    ["value header:cache-control;max-age"],
  ],
  [
    "two names of XML",
    { "content-type": "text/xml; charset=utf-8" },
    { "content-type": "application/xml; charset=utf8" },
    [],
  ],
  ["the last policy that counts", { "referrer-policy": "no-referrer, origin" }, { "referrer-policy": "origin" }, []],
  [
    "a whole number of years",
    { "strict-transport-security": "max-age=1; includeSubDomains" },
    { "strict-transport-security": "includesubdomains;max-age=1" },
    [],
  ],
  [
    "a permission that became all",
    { "access-control-allow-methods": "GET, PUT" },
    { "access-control-allow-methods": "*" },
    ["value header:access-control-allow-methods"],
  ],
  ["cookies by name", { "set-cookie": ["a=1", "b=2"] }, { "Set-Cookie": "b=2" }, ["missing header:set-cookie:a"]],
  ["a redirect by its parts", { location: "/a?x=1" }, { location: "/a?x=2" }, ["value header:location?x"]],
])("%s", (_, reference, shadow, expected) => {
  expect(headerDifferences(of(reference), of(shadow)).map(short)).toEqual(expected);
});

it("copes with names that objects have by themselves", () => {
  expect(headerDifferences(of({ constructor: "1" }), of({})).map(short)).toEqual(["missing header:constructor"]);
});
