/** What callers are told when the database is not what the Worker expects. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProblemSchema } from "../../../../core/wire/problem.ts";
import { type ReportWorker, startReportWorker } from "../report-worker.ts";

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker({ migrated: false });
});

afterAll(() => report.close());

test.each(["/api/deployments", "/api/pairs/p1", "/metrics"])(
  "GET %s without tables names the command that makes them",
  async (path) => {
    const response = await report.fetch(path);
    const problem = ProblemSchema.parse(await response.json());
    expect([response.status, problem.code]).toEqual([503, "storage-unavailable"]);
    expect(problem.detail).toContain("wrangler d1 migrations apply DB");
  },
);

test("an error's own words, with the statement in them, stay in the log", async () => {
  expect(await (await report.fetch("/api/deployments")).text()).not.toMatch(/select|shadow_deployments/i);
});
