import { expect, test } from "vitest";
import { OPERATIONS } from "../../core/wire/api/contract.ts";
import { readingCalls } from "../../infra/query-plans/calls.ts";
import { statementsIn } from "../../infra/query-plans/record.ts";

const KNOWN = { id: "d 1", pair: "p1", deployment: "d 1", route: "GET /", cursor: "abc" };

test("every read of the contract is asked, plain and with each parameter, and nothing that writes", () => {
  const calls = readingCalls(KNOWN);
  const asked = new Set(calls.map(({ method, path }) => `${method} ${path.split("?")[0]}`));
  const reads = Object.values(OPERATIONS).filter(({ audience, method }) => audience === "reader" && method === "get");
  expect(asked.size).toBe(reads.length + 1);
  expect(asked).toContain("GET /api/deployments/d%201/drifts");
  expect(asked).toContain("GET /api/pairs/p1");
  expect(calls).toContainEqual({ method: "GET", path: "/api/shadow/stats?deployment=d%201" });
  expect([...asked].filter((call) => !call.startsWith("GET"))).toEqual(["POST /api/shadow/events"]);
});

test("statements are found among the log's other lines, each once", () => {
  const line = (sql: string) => JSON.stringify({ event: "statement", sql });
  const log = [
    "[wrangler] ready",
    line("select 1"),
    `  ${line("select\n2")}`,
    line("select 1"),
    '{"event":"statement"',
    "{}",
  ];
  expect(statementsIn(log.join("\n"))).toEqual(["select 1", "select\n2"]);
});
