import { expect, it } from "vitest";
import { budgetFile } from "../../../core/budgets/sites.ts";

function sites(text: string) {
  const read = budgetFile(text);
  if (!read.ok) throw new Error(read.detail);
  return read.value.sites.map(({ budget, now, line, endpoint, isRule, start, end }) => ({
    said: `${line}: ${budget} ${now}${isRule ? " by rule" : ""}${endpoint === null ? "" : ` of ${endpoint.method} ${endpoint.path}`}`,
    text: text.slice(start, end),
  }));
}

it("finds the budgets of .shadow-infra.yml with their lines", () => {
  expect(sites("version: 1\nbudgets:\n  p95_ms: 75 # agreed\n  failure_rate: 0.05\nroutes: []\n")).toEqual([
    { said: "3: p95_ms 75", text: "75" },
    { said: "4: failure_rate 0.05", text: "0.05" },
  ]);
});

it("finds those of probe.json and of its endpoints, and takes no schema for budgets", () => {
  const text = `{
  "budgets": { "p99_ms": 1.2e2 },
  "endpoints": [
    { "path": "/a" },
    { "path": "/b", "method": "POST", "budgets": { "p95_ms": 200 }, "schema": { "budgets": { "p95_ms": 1 } } },
    { "path": "/c", "budgets": { "size_kb": "large" } }
  ]
}`;
  expect(sites(text)).toEqual([
    { said: "2: p99_ms 120", text: "1.2e2" },
    { said: "5: p95_ms 200 of POST /b", text: "200" },
  ]);
});

it("finds those of rules, also by the names of older rules files", () => {
  const text =
    '{"rules":[{"id":12,"budgets":{"p95_ms":75}},{"budgets":{"p95_latency_ms":75,"max_failure_rate":0.05}}]}';
  expect(sites(text).map(({ said }) => said)).toEqual([
    "1: p95_ms 75 by rule",
    "1: p95_ms 75 by rule",
    "1: failure_rate 0.05 by rule",
  ]);
});

it.each([
  ["budgets: [", "line 1"],
  ["- a list", "line 1: it is no map of keys."],
  ["", "line 1: it is no map of keys."],
])("refuses %j with its line", (text, detail) => {
  const read = budgetFile(text);
  expect(read).toMatchObject({ ok: false, reason: "unreadable-file", detail: expect.stringContaining(detail) });
});
