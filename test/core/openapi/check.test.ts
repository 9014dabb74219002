/** The shadow's answer is held against the OpenAPI file, and only what the reference keeps to and nobody said yet is told. */
import { expect, test } from "vitest";
import { DEFAULT_COMPARE_SETTINGS } from "../../../core/compare/settings.ts";
import { checkContract } from "../../../core/openapi/check.ts";
import { readOpenApi } from "../../../core/openapi/read.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

const read = readOpenApi(`
openapi: 3.0.0
paths:
  /orders/{orderId}:
    get:
      responses:
        2XX:
          content:
            application/json:
              schema:
                type: object
                properties:
                  state: { type: string, enum: [open, paid] }
                  tags: { type: array, maxItems: 2, items: { type: string } }
                  at: { type: string, format: date-time }
`);
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const settings = { ...DEFAULT_COMPARE_SETTINGS, ...read.value };

/** Violations of a shadow where nothing else was found, as when all of it is noise. */
function violated(prod: object, shadow: object): readonly string[] {
  const pair = pairOf({ prod: answer(prod), shadow: answer(shadow) }, { method: "GET", path: "/orders/a-17" });
  const { case: c } = judge(pair, EMPTY_MEMORY, { settings });
  return checkContract({ ...c, findings: [] }).findings.map((f) => `${f.rule} ${f.severity} ${f.pattern}`);
}

test("a broken promise is a Warning", () => {
  expect(violated({ state: "open" }, { state: "gone" })).toEqual(["contract-violated Warning $.state"]);
});

test("a promise that the reference breaks as well is no regression", () => {
  expect(violated({ state: "lost", a: 1 }, { state: "gone", a: 2 })).toEqual([]);
});

test("a kept promise is silent", () => {
  expect(violated({ state: "open" }, { state: "paid" })).toEqual([]);
});

test("a finding that stands at the place speaks for it", () => {
  const pair = pairOf(
    { prod: answer({ state: "open" }), shadow: answer({ state: 1 }) },
    { method: "GET", path: "/orders/9" },
  );
  const { case: c } = judge(pair, EMPTY_MEMORY, { settings });
  expect(c.route).toBe("GET /orders/{orderId}");
  expect(c.findings.map((f) => f.rule)).toEqual(["type-changed"]);
});

test("without a contract, without differences and for answers that are no JSON nothing is added", () => {
  const pair = pairOf(
    { prod: answer({ state: "open" }), shadow: answer({ state: "x" }) },
    { method: "GET", path: "/a" },
  );
  const { case: c } = judge(pair, EMPTY_MEMORY, { settings });
  expect(checkContract(c)).toBe(c);
  expect(checkContract({ ...c, contract: null })).toMatchObject({ findings: c.findings });
});

test("what noise would let pass is told", () => {
  const at = (time: string) => answer({ state: "open", at: time });
  const pair = pairOf(
    { prod: at("2026-01-31T10:00:00Z"), shadow: at("31.01.2026 10:00:07") },
    { method: "GET", path: "/orders/9" },
  );
  const { case: c } = judge(pair, EMPTY_MEMORY, { settings });
  const noise = c.findings.map((f) => ({ ...f, noise: { reason: "a clock" } }));
  expect(
    checkContract({ ...c, findings: noise.filter((f) => f.rule !== "contract-violated") }).findings.at(-1),
  ).toMatchObject({
    rule: "contract-violated",
    path: "$.at",
    reason: "$.at has another format than in the OpenAPI file, which the reference keeps to.",
  });
});
