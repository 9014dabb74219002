/** A probe that asks less, or takes more, is looser; one that asks more is not. */
import { expect, test } from "vitest";
import { probeConfigOf, probeLoosenings, schemaPathsOf } from "../../../core/governance/probe-loosening.ts";
import type { ProbeConfig } from "../../../core/probe/config.ts";

function config(value: unknown): ProbeConfig {
  const read = probeConfigOf("probe.json", JSON.stringify(value));
  if (read === null) throw new Error("the test's own file has to be one");
  return read;
}

const A = { path: "/a" };
test.each<[string, unknown, unknown, readonly string[]]>([
  ["an endpoint that is gone", { endpoints: [A, { path: "/b" }] }, { endpoints: [A] }, ["GET /b is no longer asked"]],
  ["another method", { endpoints: [A] }, { endpoints: [{ ...A, method: "HEAD" }] }, ["GET /a is no longer asked"]],
  [
    "another preset",
    { preset: "chainiq" },
    { preset: "shadow-infra" },
    ["GET /iq/shadow/stats is no longer asked", "POST /iq/shadow/events is no longer asked"],
  ],
  ["fewer requests", {}, { iterations: 1 }, ["iterations was 200 and is 1"]],
  ["a longer wait", { timeout_s: 2 }, {}, ["timeout_s was 2 and is 10"]],
  ["fewer at a time", { concurrency: 8 }, { concurrency: 1 }, ["concurrency was 8 and is 1"]],
  ["another service", { base_url: "http://a:1" }, { base_url: "http://b:1" }, ["base_url is another"]],
  [
    "no schema",
    { endpoints: [{ ...A, schema: { type: "object" } }] },
    { endpoints: [A] },
    ["the schema of GET /a is another"],
  ],
  [
    "errors taken for answers",
    { endpoints: [A] },
    { endpoints: [{ ...A, expect_status: [200, 500] }] },
    ["the status that GET /a has to have is another"],
  ],
  [
    "a cheaper question",
    { endpoints: [{ ...A, method: "POST", body: { limit: 100 } }] },
    { endpoints: [{ ...A, method: "POST", body: { limit: 1 } }] },
    ["what is sent to POST /a is another"],
  ],
  [
    "a budget for all, by its exponent",
    { budgets: { p95_ms: 75 } },
    { budgets: { p95_ms: 1e9 } },
    ["the budget p95_ms was 75 and is 1000000000"],
  ],
  ["a budget beyond the default", {}, { budgets: { size_kb: 30 } }, ["the budget size_kb was 25 and is 30"]],
  [
    "a budget of one endpoint",
    { budgets: { p95_ms: 50 }, endpoints: [A] },
    { budgets: { p95_ms: 50 }, endpoints: [{ ...A, budgets: { p95_ms: 60 } }] },
    ["the budget p95_ms was 50 and is 60 for GET /a"],
  ],
  [
    "stricter throughout",
    { endpoints: [A], budgets: { p95_ms: 75 } },
    { endpoints: [{ path: "/b" }, A], budgets: { p95_ms: 60 }, iterations: 400, timeout_s: 5, health_path: "/up" },
    [],
  ],
])("%s", (_, base, head, words) => {
  expect(probeLoosenings(config(base), config(head))).toEqual(words);
});

test("a file that is gone asks nothing", () => {
  expect(probeLoosenings(config({}), null)).toEqual(["it is gone, or cannot be read"]);
});

test("what has another form or another ending is no probe's", () => {
  expect(probeConfigOf("probe.json", '{"p95_ms": 75}')).toBeNull();
  expect(probeConfigOf(".shadow-infra.yml", "budgets: { p95_ms: 75 }")).toBeNull();
  expect(probeConfigOf("probe.json", null)).toBeNull();
});

test("schemas stand beside the file that names them", () => {
  const endpoints = ["schemas/a.json", "./b.json", "../c.json"].map((schema, n) => ({ path: `/${n}`, schema }));
  expect(
    schemaPathsOf(".shadow-infra/probe.json", config({ endpoints: [...endpoints, { path: "/d", schema: {} }] })),
  ).toEqual([".shadow-infra/schemas/a.json", ".shadow-infra/b.json", "c.json"]);
});
