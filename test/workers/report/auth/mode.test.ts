/** Local mode: open, but only to this machine. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProblemSchema } from "../../../../core/wire/problem.ts";
import { type ReportWorker, SERVICE_TOKEN, startReportWorker } from "../report-worker.ts";

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker();
});
afterAll(() => report.close());

async function problemCode(response: Response): Promise<string> {
  return `${response.status} ${ProblemSchema.parse(await response.json()).code}`;
}

function remove(url: string, headers: Record<string, string>): Promise<Response> {
  return report.fetch(url, { method: "DELETE", headers: { authorization: `Bearer ${SERVICE_TOKEN}`, ...headers } });
}

test.each(["http://localhost:8001", "http://127.0.0.1:8001", "http://[::1]:8001"])(
  "%s reads without a token",
  async (at) => {
    expect((await report.fetch(`${at}/api/deployments`)).status).toBe(200);
  },
);

test.each(["http://attacker.example:8001", "http://10.0.0.7:8001", "http://localhost.attacker.example"])(
  "%s, a name that only resolves to this machine, reads nothing",
  async (at) => {
    expect(await problemCode(await report.fetch(`${at}/api/deployments`))).toBe("403 not-loopback");
  },
);

test("writing takes the service token also here", async () => {
  const response = await report.fetch("/api/deployments/none", { method: "DELETE" });
  expect(await problemCode(response)).toBe("401 not-authenticated");
});

test.each(["https://attacker.example", "http://localhost:9999", "null"])(
  "a page of %s may not write",
  async (origin) => {
    const response = await remove("http://localhost:8001/api/deployments/none", { origin });
    expect(await problemCode(response)).toBe("403 foreign-origin");
  },
);

test("our own page and programs without an origin may", async () => {
  const url = "http://localhost:8001/api/deployments/none";
  expect(await problemCode(await remove(url, { origin: "http://localhost:8001" }))).toBe("404 deployment-not-found");
  expect(await problemCode(await remove(url, {}))).toBe("404 deployment-not-found");
});
