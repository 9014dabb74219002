/** Shadow mode as probes read it: held against a plain computation over the pairs that the consumer's own statements stored. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { latencyBucket } from "../../../core/report/latency.ts";
import { shadowDelta } from "../../../core/report/shadow-delta.ts";
import {
  type ShadowEvents,
  ShadowEventsSchema,
  type ShadowStats,
  ShadowStatsSchema,
} from "../../../core/wire/api/shadow.ts";
import { counters, reportOf } from "../tee-report.ts";
import { code } from "./answers.ts";
import { mirror } from "./counting.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { NOON, seedDecision, seedDeployment } from "./seed.ts";

const [A, B, CLOSED, EQUAL] = ["7-1-aaaaaaaaaaaa", "7-2-bbbbbbbbbbbb", "7-3-cccccccccccc", "7-4-0123456789ab"] as const;
const HOST = "equal.example.com";
const PAIRS = 120;
/** What an answer may have, as probes of shadow services count it. */
const MAX_BYTES = 25 * 1_024;

type Side =
  | { status: number; headers: object; body: string; latencyMs: number }
  | { failed: "timeout"; latencyMs: number };
const answer = (latencyMs: number): Side => ({ status: 200, headers: {}, body: "", latencyMs });

/** Pair n: every 11th without an answer of the shadow, every 7th without production's, every 5th asked twice. */
function pairOf(n: number, deploymentId: string) {
  const none: Side = { failed: "timeout", latencyMs: 9_999 };
  return {
    id: `01K${String(n).padStart(23, "0")}`,
    deploymentId,
    capturedAt: NOON + n,
    request: { method: "GET", path: `/things/${n}`, headers: {}, body: null },
    credentials: [],
    prod: n % 7 === 0 ? none : answer(10 + (n % 13)),
    shadow: n % 11 === 0 ? none : answer(12 + (n % 17) * 1.5),
    ...(n % 5 === 0 ? { control: answer(11 + (n % 3)) } : {}),
  };
}

const routeOf = (n: number) => `GET /things-${n % 3}/{id}`;
const deploymentOf = (n: number): string => (n % 2 === 0 ? A : B);
const NUMBERS = Array.from({ length: PAIRS }, (_, n) => n + 1);

let report: ReportWorker;

/** Stores these pairs as one batch of the consumer. */
async function store(batchId: string, numbers: readonly number[], route = routeOf, deployment = deploymentOf) {
  interface Module {
    record(rows: unknown, context: unknown): Promise<{ readonly refused: ReadonlyMap<string, string> }>;
  }
  const url = new URL("../../../workers/compare/record/record.ts", import.meta.url).href;
  // By name, as in worker-module.ts: the Worker's platform types do not fit here.
  const { record } = (await import(/* @vite-ignore */ url)) as Module;
  const rows = numbers.map((n) => ({
    captured: pairOf(n, deployment(n)),
    route: route(n),
    equal: false,
    verdict: "Safe",
    reasoning: "",
    findings: [],
    lesson: { slow: 0, secondAnswers: 0, learnedNoise: {} },
    bodyKey: null,
  }));
  const { refused } = await record(rows, { db: report.env.DB, now: NOON, batchId });
  expect([...refused.values()]).toEqual([]);
}

async function stats(query = ""): Promise<ShadowStats> {
  const response = await report.fetch(`/api/shadow/stats${query}`);
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(Buffer.byteLength(text)).toBeLessThan(MAX_BYTES);
  return ShadowStatsSchema.parse(JSON.parse(text));
}

async function events(body?: object): Promise<ShadowEvents> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await report.fetch("/api/shadow/events", { method: "POST", ...init });
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(Buffer.byteLength(text)).toBeLessThan(MAX_BYTES);
  return ShadowEventsSchema.parse(JSON.parse(text));
}

/** What the answer must be, computed from the pairs one by one. */
function expected(numbers: readonly number[]) {
  const pairs = numbers.map((n) => ({ route: routeOf(n), ...pairOf(n, deploymentOf(n)) }));
  const deltas = pairs.flatMap((pair) => {
    // The literal pairs are observations; their headers are empty.
    const delta = shadowDelta(pair as never);
    return delta === null ? [] : [{ route: pair.route, delta }];
  });
  const figures = (own: readonly { readonly delta: number }[]) => ({
    avg_delta: own.reduce((sum, { delta }) => sum + delta, 0) / own.length,
    max_delta: Math.max(...own.map(({ delta }) => delta)),
  });
  const corridors = Array.from(
    Map.groupBy(deltas, ({ route }) => route),
    ([corridor, own]) => ({
      corridor,
      count: own.length,
      ...figures(own),
    }),
  ).toSorted((a, b) => b.avg_delta - a.avg_delta);
  const latencies = pairs
    .flatMap(({ shadow }) => ("failed" in shadow ? [] : [shadow.latencyMs]))
    .toSorted((a, b) => a - b);
  return { ...figures(deltas), corridors, latencies };
}

function expectFigures(got: ShadowStats, numbers: readonly number[]): void {
  const { latencies, corridors, avg_delta, max_delta } = expected(numbers);
  expect(got.count).toBe(latencies.length);
  for (const [quantile, value] of [
    [0.5, got.p50],
    [0.95, got.p95],
    [0.99, got.p99],
  ] as const) {
    const exact = latencies[Math.floor(quantile * (latencies.length - 1))] ?? 0;
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(0.02 * exact);
  }
  expect(got.drift.avg_delta).toBeCloseTo(avg_delta, 2);
  expect(got.drift.max_delta).toBeCloseTo(max_delta, 2);
  expect(got.drift.corridors.map(({ corridor, count }) => [corridor, count])).toEqual(
    corridors.map(({ corridor, count }) => [corridor, count]),
  );
  got.drift.corridors.forEach((one, n) => {
    expect(one.avg_delta).toBeCloseTo(corridors[n]?.avg_delta ?? Number.NaN, 2);
    expect(one.max_delta).toBeCloseTo(corridors[n]?.max_delta ?? Number.NaN, 2);
  });
}

beforeAll(async () => {
  report = await startReportWorker();
});
afterAll(() => report.close());

describe("without a pair", () => {
  test("all figures are zero and the rules decide", async () => {
    expect(await stats()).toEqual({
      model_version: "0.1.0+rules",
      p50: 0,
      p95: 0,
      p99: 0,
      count: 0,
      drift: { avg_delta: 0, max_delta: 0, corridors: [] },
      nextCursor: null,
    });
    expect(await events()).toEqual({ model_version: "0.1.0+rules", events: [], nextCursor: null });
  });

  test("a deployment that nobody knows is a problem, as is a cursor of something else", async () => {
    expect(await code(await report.fetch("/api/shadow/stats?deployment=nobody"))).toBe("404 deployment-not-found");
    expect(await code(await report.fetch("/api/shadow/stats?cursor=x"))).toBe("400 invalid-cursor");
    const init = { method: "POST", headers: { "content-type": "application/json" } };
    const post = (body: object) => report.fetch("/api/shadow/events", { ...init, body: JSON.stringify(body) });
    expect(await code(await post({ deployment: "nobody" }))).toBe("404 deployment-not-found");
    expect(await code(await post({ cursor: "x" }))).toBe("400 invalid-cursor");
    expect(await code(await post({ limit: 101 }))).toMatch(/^400/);
  });
});

describe("with pairs that came twice and at once", () => {
  beforeAll(async () => {
    for (const id of [A, B, CLOSED])
      await seedDeployment(report.env, { id, state: id === CLOSED ? "closed" : "ready" });
    // What was asked before the pairs came must not stay.
    await stats();
    const half = NUMBERS.slice(0, PAIRS / 2);
    await Promise.all([
      store("one", half),
      store("two", NUMBERS.slice(PAIRS / 4)),
      store("one again", half),
      store("elsewhere", [PAIRS + 1, PAIRS + 2], routeOf, () => CLOSED),
    ]);
  });

  test("the figures are those of the pairs, each counted once", async () => {
    expectFigures(await stats(), NUMBERS);
  });

  test("of one deployment they are those of its pairs", async () => {
    expectFigures(
      await stats(`?deployment=${A}`),
      NUMBERS.filter((n) => n % 2 === 0),
    );
  });

  test("a closed deployment counts where it is asked for, and nowhere else", async () => {
    expect((await stats(`?deployment=${CLOSED}`)).count).toBe(
      [PAIRS + 1, PAIRS + 2].filter((n) => n % 11 !== 0).length,
    );
    expect((await events({ limit: 100 })).events.map(({ deployment }) => deployment)).not.toContain(CLOSED);
  });

  test("corridors come by pages", async () => {
    const { corridors } = (await stats()).drift;
    const first = await stats("?limit=2");
    expect(first.drift.corridors).toEqual(corridors.slice(0, 2));
    const second = await stats(`?limit=2&cursor=${first.nextCursor ?? ""}`);
    expect(second.drift.corridors).toEqual(corridors.slice(2));
    expect(second.nextCursor).toBeNull();
  });

  test("events are the pairs, newest first, page by page, none twice", async () => {
    const seen: ShadowEvents["events"] = [];
    let cursor: string | null | undefined;
    do {
      const page: ShadowEvents = await events({ limit: 50, ...(typeof cursor === "string" ? { cursor } : {}) });
      seen.push(...page.events);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const newest = NUMBERS.toReversed().map((n) => pairOf(n, deploymentOf(n)));
    expect(seen.map(({ id }) => id)).toEqual(newest.map(({ id }) => id));
    expect(seen).toEqual(
      newest.map((pair) => ({
        id: pair.id,
        deployment: pair.deploymentId,
        corridor: routeOf(Number(pair.id.slice(3))),
        timestamp: new Date(pair.capturedAt).toISOString(),
        // The literal pairs are observations; their headers are empty.
        delta: shadowDelta(pair as never) ?? 0,
        failed: "failed" in pair.shadow ? pair.shadow.failed : null,
      })),
    );
  });

  test("events may be of one deployment and one corridor, and a body may be missing", async () => {
    const { events: own } = await events({ deployment: B, corridor: "GET /things-1/{id}", limit: 100 });
    expect(own.map(({ id }) => Number(id.slice(3)))).toEqual(
      NUMBERS.filter((n) => n % 2 === 1 && n % 3 === 1).toReversed(),
    );
    expect((await events()).events).toHaveLength(50);
  });

  test("the model that decided last is named", async () => {
    await seedDecision(report.env, "older", { model_version: "a-model/prompt-1", updated_at: NOON });
    await seedDecision(report.env, "newer", { model_version: "a-model/prompt-2", updated_at: NOON + 1 });
    await seedDecision(report.env, "a person's", { model_version: null, decided_by: "person", updated_at: NOON + 2 });
    expect((await stats()).model_version).toBe("0.1.0+a-model/prompt-2");
  });
});

test("byte-equal pairs without a row count", async () => {
  await mirror(report, { id: EQUAL, hosts: [HOST], pull: 4 });
  const at = (ms: number) => ({ [latencyBucket(ms)]: 40 });
  const equal = { pairs: 40, secondAnswers: 0, lastAt: NOON, prod: at(100), shadow: at(150), control: {} };
  const deployments = { [EQUAL]: counters({ sampled: 40, equal: 40 }) };
  await report
    .registry(HOST)
    .sync(reportOf("one", { deployments, equalRoutes: { [EQUAL]: { "GET /health": equal } } }));
  await report.registry(HOST).flush();
  const { count, p50, drift } = await stats(`?deployment=${EQUAL}`);
  expect(count).toBe(40);
  expect(p50).toBeGreaterThan(148);
  expect(p50).toBeLessThan(152);
  expect(drift.corridors).toMatchObject([{ corridor: "GET /health", count: 40 }]);
  expect(Math.abs(drift.avg_delta - 50)).toBeLessThan(2.5);
});

test("names of routes may be as long as they like: answers stay small, and no route or pair is left out", async () => {
  const id = "7-5-eeeeeeeeeeee";
  await seedDeployment(report.env, { id });
  const numbers = Array.from({ length: 30 }, (_, n) => 1_000 + n);
  const route = (n: number) => `GET /${"ü".repeat(1_800)}/${n}`;
  await store("long", numbers, route, () => id);
  const answered = numbers.filter((n) => n % 11 !== 0 && (n % 7 !== 0 || n % 5 === 0));
  const names: string[] = [];
  let query: string | null = "";
  while (query !== null) {
    const page: ShadowStats = await stats(`?deployment=${id}${query}`);
    names.push(...page.drift.corridors.map(({ corridor }) => corridor));
    query = page.nextCursor === null ? null : `&cursor=${page.nextCursor}`;
  }
  expect(names.toSorted()).toEqual(answered.map(route).toSorted());
  const first = await events({ deployment: id, limit: 100 });
  expect(first.events.length).toBeLessThan(numbers.length);
  expect(first.nextCursor).not.toBeNull();
});

test("what the migration fills in for older pairs is what the consumer would have counted", async () => {
  const { DB } = report.env;
  const read = () =>
    DB.prepare(
      "SELECT deployment_id, route, delta_count, round(delta_sum, 6) AS s, delta_max FROM routes ORDER BY 1, 2",
    ).all();
  const before = (await read()).results;
  await DB.prepare("UPDATE routes SET delta_count = 0, delta_sum = 0, delta_max = NULL").run();
  const sql = readFileSync("migrations/0007_shadow_stats.sql", "utf8").split("--> statement-breakpoint").at(-1) ?? "";
  await DB.prepare(sql).run();
  expect((await read()).results).toEqual(before);
});
