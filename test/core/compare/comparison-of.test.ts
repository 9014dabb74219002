/** A request is compared as the first of the repository's routes says that matches it. */
import { expect, test } from "vitest";
import { comparisonOf } from "../../../core/compare/comparison-of.ts";
import { DEFAULT_COMPARISON } from "../../../core/compare/settings.ts";

const route = (match: string, field: string) => ({ match, mode: "shape" as const, ignore: [field], listKeys: {} });
const settings = {
  routes: [route("GET /v1/orders/*", "$.one"), route("* /v1/orders/**", "$.any"), route("post /v2/**", "$.post")],
};

test.each([
  ["GET", "/v1/orders/17", "$.one"],
  ["get", "/v1/orders/17?x=/y", "$.one"],
  ["GET", "/v1/%6Frders/17", "$.one"],
  ["DELETE", "/v1/orders/17", "$.any"],
  ["GET", "/v1/orders/17/items", "$.any"],
  ["POST", "/v2/a", "$.post"],
])("%s %s is compared by the rule with %s", (method, path, field) => {
  expect(comparisonOf(settings, method, path)).toEqual({ mode: "shape", ignore: [field], listKeys: {} });
});

test.each([
  ["GET", "/v2/a"],
  ["GET", "/"],
  ["GET", `/v1/orders/${"a".repeat(200_000)}`],
])("%s %.20s is compared the ordinary way", (method, path) => {
  expect(comparisonOf(settings, method, path)).toBe(DEFAULT_COMPARISON);
});
