import { expect, it, test } from "vitest";
import { directiveDifferences } from "../../../../core/compare/differences/directives.ts";
import { short } from "./bodies.ts";

const csp = "content-security-policy";

test.each<[string, string, string, string, readonly string[]]>([
  ["sources in another order", csp, "script-src 'self' a.test; img-src *", "img-src *; script-src a.test 'self'", []],
  ["a nonce made anew", csp, "script-src 'nonce-abc123'", "script-src 'nonce-xyz789'", []],
  ["a nonce that is gone", csp, "script-src 'nonce-abc123'", "script-src *", [`value header:${csp};script-src`]],
  [
    "a directive that is gone",
    csp,
    "default-src 'self'; frame-ancestors 'none'",
    "default-src 'self'",
    [`missing header:${csp};frame-ancestors removed`],
  ],
  ["two policies", csp, "default-src 'self', img-src *", "default-src 'self'; img-src *", []],
  [
    "a shorter time of HTTPS",
    "strict-transport-security",
    "max-age=31536000",
    "max-age=60",
    ["value header:strict-transport-security;max-age"],
  ],
  ["a policy of features", "permissions-policy", "camera=(), geolocation=(self)", "geolocation=(self), camera=()", []],
  [
    "another file name",
    "content-disposition",
    'attachment; filename="a.csv"',
    'attachment; filename="b.csv"',
    ["value header:content-disposition;filename"],
  ],
  [
    "a file that is shown now",
    "content-disposition",
    "attachment; filename=a",
    "inline; filename=a",
    ["missing header:content-disposition;attachment removed", "extra header:content-disposition;inline"],
  ],
])("%s", (...[, name, reference, shadow, expected]) => {
  expect(directiveDifferences(name, reference, shadow)?.map(short)).toEqual(expected);
});

it("knows which headers have directives", () => {
  expect(directiveDifferences("constructor", "a", "b")).toBeNull();
});
