import { expect, it } from "vitest";
import { DEFAULT_COMPARE_SETTINGS, DEFAULT_COMPARISON } from "../../../core/compare/settings.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { answer, pairOf } from "../pair/builder.ts";

it("knows the route of a pair and nothing else", () => {
  const pair = pairOf({ prod: answer({}), shadow: answer({}) }, { method: "get", path: "/orders/17?x=1" });
  expect(openCase(pair, { credentials: "test-identity" })).toEqual({
    pair,
    route: "GET /orders/{id}",
    comparison: DEFAULT_COMPARISON,
    contract: null,
    credentials: "test-identity",
    equal: false,
    settled: false,
    slow: false,
    differences: [],
    findings: [],
  });
  expect(openCase(pair).credentials).toBe("none");
});

it("is opened as its repository says", () => {
  const pair = pairOf({ prod: answer({}), shadow: answer({}) }, { method: "get", path: "/users/anna" });
  const comparison = { mode: "shape", ignore: ["$.at"], listKeys: { "$.items": "sku" } } as const;
  const contract = { responses: {}, definitions: {} };
  const settings = {
    ...DEFAULT_COMPARE_SETTINGS,
    routes: [{ match: "GET /users/*", ...comparison }],
    templates: ["/users/{name}"],
    contract,
  };
  expect(openCase(pair, { settings })).toMatchObject({ route: "GET /users/{name}", comparison, contract });
});
