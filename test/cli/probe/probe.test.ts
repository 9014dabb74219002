/** Servers that go wrong in every way, and the row, the reason and the verdict that each gives. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../../../cli/probe/report.ts";
import { freePort } from "../../servers/free-port.ts";
import type { Listening } from "../../servers/http.ts";
import { listen } from "../../servers/http.ts";
import { probed } from "./running.ts";
import { type BehaviourName, behaving, json, STATS } from "./servers.ts";

const folder = mkdtempSync(join(tmpdir(), "shadow-infra-probe-"));
/** One endpoint with the schema of statistics. */
const CONFIG = join(folder, "probe.json");
const SCHEMA = {
  type: "object",
  required: ["model_version", "drift"],
  properties: { drift: { type: "object", required: ["avg_delta", "max_delta", "corridors"] } },
};
writeFileSync(CONFIG, JSON.stringify({ endpoints: [{ path: "/stats", schema: SCHEMA }] }));
afterAll(() => rmSync(folder, { recursive: true }));

async function against<T>(name: BehaviourName, look: (server: Listening) => Promise<T>): Promise<T> {
  const server = await behaving(name);
  try {
    return await look(server);
  } finally {
    await server.close();
  }
}

interface Seen {
  readonly verdict: string;
  /** Of the command. */
  readonly code: number;
  /** Budgets that did not hold. */
  readonly over: readonly string[];
  readonly reasons: Readonly<Record<string, number>>;
  readonly fault: string | undefined;
}

function seen(name: BehaviourName, ...flags: readonly string[]): Promise<Seen> {
  return against(name, async ({ url }) => {
    const args = ["--config", CONFIG, "--base-url", url, "--iterations", "40", "--warm-up", "1", ...flags];
    const { verdict, results, failureCounts } = await probed(args);
    return {
      verdict: verdict.kind,
      code: exitCodeOf(verdict),
      over: (results.budgets ?? []).filter(({ passed }) => !passed).map(({ budget }) => budget),
      reasons: results.endpoints["/stats"]?.failure_reasons ?? {},
      fault: failureCounts["/stats"]?.[0]?.words,
    };
  });
}

const ALL = ["p95_ms", "p99_ms", "size_kb", "failure_rate"];

describe("a probe", () => {
  it("passes a good server", async () => {
    expect(await seen("good")).toEqual({ verdict: "passed", code: 0, over: [], reasons: {}, fault: undefined });
  });

  it("fails a slow one by its times alone", async () => {
    expect(await seen("slow", "--p95-threshold", "15", "--p99-threshold", "18")).toMatchObject({
      verdict: "failed",
      code: 1,
      over: ["p95_ms", "p99_ms"],
      reasons: {},
    });
  });

  it("fails one that becomes slow at the end", async () => {
    expect(await seen("slow at the end", "--p95-threshold", "50")).toMatchObject({
      verdict: "failed",
      code: 1,
      over: ["p95_ms"],
    });
  });

  it("fails one that answers 500: quick errors are no quick answers", async () => {
    expect(await seen("failing")).toEqual({
      verdict: "failed",
      code: 1,
      over: ALL,
      reasons: { "status-500": 40 },
      fault: "status 500",
    });
  });

  it("fails a huge answer by its size alone", async () => {
    expect(await seen("huge")).toMatchObject({ verdict: "failed", code: 1, over: ["size_kb"], reasons: {} });
  });

  it("fails malformed JSON, and says so", async () => {
    expect(await seen("malformed")).toMatchObject({
      verdict: "failed",
      code: 1,
      over: ["failure_rate"],
      reasons: { "not-json": 40 },
      fault: "the body (18 bytes) is not JSON",
    });
  });

  it("fails an answer against the schema, and names the field", async () => {
    expect(await seen("incomplete")).toMatchObject({
      verdict: "failed",
      code: 1,
      over: ["failure_rate"],
      reasons: { schema: 40 },
      fault: "$.drift.corridors is missing",
    });
  });

  it("takes a redirect for a failure, does not follow it, and tells no query", async () => {
    expect(await seen("redirecting")).toMatchObject({
      verdict: "failed",
      code: 1,
      reasons: { "status-302": 40 },
      fault: "status 302 to /login",
    });
  });

  it.each(["resetting", "resetting in the body"] as const)("fails a server that is %s", async (name) => {
    expect(await seen(name)).toMatchObject({ verdict: "failed", code: 1, over: ALL, reasons: { reset: 40 } });
  });

  it("gives a server up that hangs after a while, and counts the rest as failed without sending it", async () => {
    const budgets = ["--p95-threshold", "75", "--p99-threshold", "120"];
    const { verdict, over, reasons, fault } = await seen("hanging after a while", "--timeout", "0.5", ...budgets);
    expect([verdict, over]).toEqual(["failed", ["p95_ms", "p99_ms", "failure_rate"]]);
    expect(reasons.timeout).toBeGreaterThanOrEqual(5);
    expect(reasons["not-sent"]).toBeGreaterThanOrEqual(20);
    expect(fault).toBe("given up after 5 time-outs in a row");
  });

  it.each(["hanging", "hanging in the body"] as const)(
    "cannot reach a server that is %s from the start",
    async (name) => {
      const over = ALL.filter((budget) => budget !== "p95_ms" && budget !== "p99_ms");
      expect(await seen(name, "--timeout", "0.15")).toMatchObject({ verdict: "unreachable", code: 3, over });
    },
  );

  it("cannot reach a server that is not there, with or without a warm-up", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    for (const warmUp of ["3", "0"]) {
      const { verdict, results } = await probed(["--base-url", url, "--warm-up", warmUp, "--iterations", "20"]);
      expect(verdict).toEqual({
        kind: "unreachable",
        sentence: `${url} cannot be reached, nobody listens there (ECONNREFUSED): start the service, wait for it with --wait 30, or give its address with --base-url.`,
      });
      expect(Object.values(results.endpoints).map(({ failures, failure_rate: rate }) => [failures, rate])).toEqual([
        [20, 1],
        [20, 1],
      ]);
    }
  });

  it("is told of a server without TLS behind an https address", async () => {
    const plain = await listen((_, response) => response.end());
    const { verdict } = await probed(["--base-url", plain.url.replace("http:", "https:"), "--iterations", "1"]);
    await plain.close();
    expect(verdict).toMatchObject({ kind: "unreachable", sentence: expect.stringContaining("may speak http://") });
  });

  it("cannot reach a name that nobody has", async () => {
    const { verdict } = await probed(["--base-url", "http://nobody.invalid", "--iterations", "1"]);
    expect(verdict).toMatchObject({
      kind: "unreachable",
      sentence: expect.stringMatching(/nobody\.invalid cannot be reached/),
    });
  });

  it("stops reading an endless answer", async () => {
    const { reasons, over } = await seen("endless", "--iterations", "1", "--warm-up", "0");
    expect([reasons, over]).toEqual([{ "too-large": 1 }, ALL]);
  });

  it("keeps what there is when it is interrupted, and then never passes", async () => {
    const stop = new AbortController();
    let asked = 0;
    const server = await listen((_, response) => {
      asked += 1;
      if (asked === 8) stop.abort();
      json(response, STATS);
    });
    const args = ["--config", CONFIG, "--base-url", server.url, "--warm-up", "1"];
    const { verdict, results } = await probed(args, { signal: stop.signal });
    await server.close();
    expect([verdict.kind, results.passed, results.interrupted]).toEqual(["interrupted", false, true]);
    // The first warmed up, and the last was under way.
    expect(results.endpoints["/stats"]).toMatchObject({ requests: 6, failures: 0 });
  });
});

describe("compared with another server", () => {
  it("asks both in turns, neither always first, and holds the ratio against its limit", async () => {
    const order: string[] = [];
    const side = (name: string) =>
      listen((_, response) => {
        order.push(name);
        json(response, STATS);
      });
    const [head, base] = [await side("head"), await side("base")];
    const urls = ["--base-url", head.url, "--compare-url", base.url, "--ratio-limit", "1000"];
    const { verdict, results } = await probed(["--config", CONFIG, "--iterations", "20", "--warm-up", "1", ...urls]);
    await Promise.all([head.close(), base.close()]);
    const [warm, turns] = [order.slice(0, 2), order.slice(2)];
    expect([warm, turns]).toEqual([
      ["head", "base"],
      Array.from({ length: 10 }, () => ["head", "base", "base", "head"]).flat(),
    ]);
    expect([verdict.kind, results.compare?.base_url]).toEqual(["passed", base.url]);
    expect((results.budgets ?? []).slice(-2)).toMatchObject([
      { budget: "ratio_p95", threshold: 1_000 },
      { budget: "ratio_p99", threshold: 1_000 },
    ]);
  });

  it("cannot decide where the other one is not there, and names its flag", async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    await against("good", async ({ url }) => {
      const { verdict } = await probed(["--config", CONFIG, "--base-url", url, "--compare-url", nowhere]);
      expect(verdict).toMatchObject({ kind: "unreachable", sentence: expect.stringMatching(/--compare-url\.$/) });
    });
  });
});

describe("waiting", () => {
  it("goes on when the service becomes healthy", async () => {
    const readyAt = performance.now() + 400;
    const server = await listen((request, response) => {
      if (request.url === "/up") json(response, {}, performance.now() < readyAt ? 503 : 200);
      else json(response, STATS);
    });
    const flags = ["--config", CONFIG, "--base-url", server.url, "--iterations", "1"];
    const { verdict } = await probed([...flags, "--wait", "5", "--health-path", "/up"]);
    await server.close();
    expect([verdict.kind, performance.now() >= readyAt]).toEqual(["passed", true]);
  });

  it("ends with what was seen last where it does not", async () => {
    await against("failing", async ({ url }) => {
      const { verdict, results } = await probed(["--base-url", url, "--wait", "0.3", "--iterations", "20"]);
      expect(verdict).toMatchObject({
        sentence: expect.stringMatching(/\/healthz did not become healthy within 0\.3 s \(status 500\)/),
      });
      expect(results.passed).toBe(false);
    });
  });
});

it("under load, every step has its throughput and p95", async () => {
  await against("good", async ({ url }) => {
    const flags = ["--config", CONFIG, "--base-url", url, "--iterations", "1"];
    const { results } = await probed([...flags, "--load", "1,4", "--step-seconds", "0.2"]);
    expect(results.load?.map(({ concurrency, failure_rate: rate }) => [concurrency, rate])).toEqual([
      [1, 0],
      [4, 0],
    ]);
    expect(results.load?.every(({ throughput, p95 }) => throughput > 0 && p95 > 0)).toBe(true);
  });
});
