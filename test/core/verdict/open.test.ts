import { expect, it } from "vitest";
import { DEFAULT_COMPARISON } from "../../../core/compare/settings.ts";
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
