/** This project's own preset against this project's own report API: what `shadow-infra probe` asks is what the Worker answers, and takes. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postResults } from "../../../cli/probe/post.ts";
import type { ProbeReport } from "../../../cli/probe/report.ts";
import { ProbeRunListSchema } from "../../../core/wire/api/trends.ts";
import { probed } from "../../cli/probe/running.ts";
import { type Listening, listen } from "../../servers/http.ts";
import { type ReportWorker, SERVICE_TOKEN, startReportWorker } from "./report-worker.ts";
import { seedDeployment } from "./seed.ts";

async function handOn(request: IncomingMessage, response: ServerResponse, report: ReportWorker): Promise<void> {
  const { authorization = "", "content-type": type = "" } = request.headers;
  const bytes = await buffer(request);
  const body = request.method === "GET" ? undefined : bytes;
  const answer = await report.fetch(request.url ?? "/", {
    method: request.method,
    headers: { authorization, "content-type": type },
    body,
  });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

describe("the preset shadow-infra", () => {
  let report: ReportWorker;
  let server: Listening;
  let made: ProbeReport;

  /** The Worker on a port: requests are handed on as they come. */
  beforeAll(async () => {
    report = await startReportWorker();
    await seedDeployment(report.env, { id: "7-1-aaaaaaaaaaaa" });
    server = await listen((request, response) => void handOn(request, response, report));
    // A shared machine's times are no matter of this test.
    const flags = ["--p95-threshold", "5000", "--p99-threshold", "5000", "--iterations", "20", "--wait", "10"];
    made = await probed(["--base-url", server.url, ...flags]);
  });
  afterAll(async () => {
    await server.close();
    await report.close();
  });

  it("finds both endpoints in the form that it asks for, below 25 KB", () => {
    expect([made.verdict.kind, made.failureCounts]).toEqual([
      "passed",
      { "/api/shadow/stats": [], "/api/shadow/events": [] },
    ]);
  });

  it("has its results taken by the same API, once", async () => {
    const results = { ...made.results, timestamp: new Date().toISOString() };
    const api = new URL(server.url);
    expect(await postResults(api, SERVICE_TOKEN, results)).toBeNull();
    expect(await postResults(api, SERVICE_TOKEN, results)).toBeNull();
    expect(await postResults(api, undefined, results)).toMatch(/answered 40[13].*Set SHADOW_INFRA_SERVICE_TOKEN\./);
    const list = ProbeRunListSchema.parse(await (await report.fetch("/api/probes")).json());
    expect(list.items.map(({ passed, origin, endpoints }) => [passed, origin.service, Object.keys(endpoints)])).toEqual(
      [[true, "shadow-infra", ["/api/shadow/stats", "/api/shadow/events"]]],
    );
  });
});
