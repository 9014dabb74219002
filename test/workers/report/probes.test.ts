/** Probe runs and trends in the real runtime: what is kept, what is refused, whose trend a run is, and the metrics. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type ProbeRun,
  ProbeRunListSchema,
  ProbeRunSchema,
  type Trends,
  TrendsSchema,
} from "../../../core/wire/api/trends.ts";
import { labelsAsked, metricsAsked } from "../../layout/grafana-files.ts";
import { code } from "./answers.ts";
import { type Given, PATH, results } from "./probe-results.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";

const DAY = 24 * 3_600_000;

let report: ReportWorker;
beforeAll(async () => {
  report = await startReportWorker();
});
afterAll(() => report.close());
beforeEach(async () => {
  await report.env.DB.prepare("DELETE FROM probe_runs").run();
});

const send = (body: unknown) => report.service("POST", "/api/probes", body);

async function kept(given: Given): Promise<ProbeRun> {
  const response = await send(results(given));
  return ProbeRunSchema.parse(await response.json());
}

/** Oldest first, one a day. */
async function keptDaily(values: readonly number[], more: Partial<Given> = {}): Promise<readonly ProbeRun[]> {
  return Promise.all(values.map((p95, n) => kept({ ...more, p95, ago: (values.length - n) * DAY })));
}

async function trends(query = ""): Promise<Trends> {
  return TrendsSchema.parse(await (await report.fetch(`/api/trends${query}`)).json());
}

async function list(query = "") {
  return ProbeRunListSchema.parse(await (await report.fetch(`/api/probes${query}`)).json());
}

describe("keeping a run", () => {
  test("answers with what was sent, an id and whether it passed; sent again it is known", async () => {
    const body = results({ ago: 1_000, p95: 50 });
    const [first, second] = [await send(body), await send(body)];
    expect([first.status, second.status]).toEqual([201, 200]);
    const run = ProbeRunSchema.parse(await first.json());
    expect(await second.json()).toEqual(run);
    expect(run).toMatchObject({ ...body, passed: true });
    expect((await list()).items).toEqual([run]);
  });

  test("a run of another region at the same moment is another run", async () => {
    const body = results({ ago: 1_000 });
    await send(body);
    const other = await send({ ...body, origin: { ...body.origin, region: "eu" } });
    expect(other.status).toBe(201);
  });

  test("the plain form of other probes is enough, and is judged by the default budgets", async () => {
    const { timestamp, base_url, iterations, endpoints } = results({ ago: 1_000, p95: 80 });
    const run = ProbeRunSchema.parse(await (await send({ timestamp, base_url, iterations, endpoints })).json());
    expect(run.passed).toBe(false);
    expect(run.budgets.filter(({ passed }) => !passed)).toEqual([
      { endpoint: PATH, budget: "p95_ms", value: 80, threshold: 75, passed: false },
    ]);
  });

  test("what a run says of itself does not make it pass", async () => {
    const body = results({ ago: 1_000, p95: 500 });
    const budgets = body.budgets.map((row) => ({ ...row, passed: true }));
    const run = ProbeRunSchema.parse(await (await send({ ...body, passed: true, budgets })).json());
    expect([run.passed, run.budgets.filter(({ passed }) => !passed).length]).toEqual([false, 2]);
  });

  test.each<[string, object]>([
    ["of tomorrow", { timestamp: new Date(Date.now() + DAY).toISOString() }],
    ["older than what is kept", { timestamp: new Date(Date.now() - 401 * DAY).toISOString() }],
    ["without a time", { timestamp: "yesterday" }],
    ["with a p95 over its p99", { endpoints: { "/a": { ...results({ ago: 0 }).endpoints[PATH], p99: 1 } } }],
    ["with a negative time", { endpoints: { "/a": { ...results({ ago: 0 }).endpoints[PATH], p50: -1 } } }],
    ["with a name that is too long", { origin: { branch: "x".repeat(301) } }],
    ["with a script for an address", { origin: { run_url: "not an address" } }],
  ])("a run %s is refused", async (_, wrong) => {
    expect(await code(await send({ ...results({ ago: 1_000 }), ...wrong }))).toBe("400 invalid-request");
    expect((await list()).items).toEqual([]);
  });

  test("only the service may send one", async () => {
    const response = await report.fetch("/api/probes", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(results({ ago: 1_000 })),
    });
    expect(await code(response)).toBe("401 not-authenticated");
  });

  test("a thousand runs of a trend are kept, and those of others do not count among them", async () => {
    await kept({ ago: 2 * DAY, origin: { pull: 3 } });
    await seedThousand();
    await kept({ ago: 1_000 });
    const count = "SELECT branch_class, count(*) AS n FROM probe_runs GROUP BY branch_class ORDER BY branch_class";
    expect((await report.env.DB.prepare(count).all()).results).toEqual([
      { branch_class: "default", n: 1_000 },
      { branch_class: "pull", n: 1 },
    ]);
  });
});

/** As many runs of yesterday as are kept. */
async function seedThousand(): Promise<void> {
  const from = Date.now() - DAY;
  await report.env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
     INSERT INTO probe_runs SELECT 'old-' || i, 'old-' || i, 'acme/shop', 'shop', 'main', '', 0, '', 'default', ${from} + i, ${from} + i, 1, '{}' FROM n`,
  ).run();
}

describe("the list", () => {
  test("has pages, newest first, and filters", async () => {
    const runs = await keptDaily([10, 20, 30, 40, 50]);
    await kept({ ago: 1_000, origin: { pull: 7, branch: "main", region: "eu" } });
    const first = await list("?branch=main&limit=2");
    const second = await list(`?branch=main&limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      runs
        .toReversed()
        .slice(0, 4)
        .map(({ id }) => id),
    );
    expect((await list("?pull=7")).items).toHaveLength(1);
    expect((await list("?region=eu")).items).toHaveLength(1);
    expect((await list("?repository=acme/other")).items).toEqual([]);
    expect(await code(await report.fetch("/api/probes?cursor=x"))).toBe("400 invalid-cursor");
    expect(await code(await report.fetch("/api/probes?limit=51"))).toBe("400 invalid-request");
  });
});

describe("trends", () => {
  test("of the default branch: points oldest first, budget use, days to breach", async () => {
    const runs = await keptDaily(Array.from({ length: 12 }, (_, n) => 60 + n * 2));
    const { items, branches, regions } = await trends();
    const [trend] = items;
    expect([items.length, branches, regions]).toEqual([1, ["main"], []]);
    expect(trend?.points.map(({ run }) => run)).toEqual(runs.map(({ id }) => id));
    expect(trend).toMatchObject({ service: "shop", repository: "acme/shop", endpoint: PATH, step: null });
    const p95 = trend?.budgets.find(({ budget }) => budget === "p95_ms");
    expect(p95).toMatchObject({ threshold: 100, value: 82, use: 0.82, warning: true });
    expect(p95?.daysToBreach).toBeCloseTo(9, 1);
  });

  test("name the commit with which a step began", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        kept({ ago: (20 - n) * DAY, p95: (n < 12 ? 40 : 60) + (n % 3), origin: { commit: `c${n}` } }),
      ),
    );
    expect((await trends()).items[0]?.step).toMatchObject({ commit: "c12", before: 41, after: 61 });
  });

  test("a pull request neither joins the trend of the default branch nor raises its own budgets", async () => {
    await keptDaily([50, 50, 50]);
    await kept({ ago: 1_000, p95: 150, thresholds: { p95_ms: 1_000 }, origin: { pull: 9, branch: "main" } });
    await kept({ ago: 900, p95: 150, thresholds: { p95_ms: 1_000 }, origin: { branch: "develop" } });
    expect((await trends()).items[0]?.points.map(({ figures }) => figures.p95)).toEqual([50, 50, 50]);
    expect((await trends("?branch=main")).items[0]?.points).toHaveLength(3);
    for (const query of ["?pull=9", "?branch=develop"]) {
      const [trend] = (await trends(query)).items;
      expect(trend?.points).toHaveLength(1);
      expect(trend?.budgets[0]).toMatchObject({ budget: "p95_ms", threshold: 100, use: 1.5 });
    }
    expect((await trends()).branches).toEqual(["develop", "main"]);
  });

  test("runs that name no branch are shown while there is no default branch's", async () => {
    await kept({ ago: 2_000, p95: 10, origin: { branch: undefined } });
    expect((await trends()).items[0]?.points[0]).toMatchObject({ branch: null, figures: { p95: 10 } });
    await kept({ ago: 1_000, p95: 20 });
    expect((await trends()).items[0]?.points.map(({ branch }) => branch)).toEqual(["main"]);
  });

  test("regions are shown together and judged apart", async () => {
    await keptDaily(
      Array.from({ length: 10 }, () => 20),
      { origin: { region: "eu" } },
    );
    await keptDaily(
      Array.from({ length: 10 }, () => 80),
      { origin: { region: "us" } },
    );
    await kept({ ago: 1_000, p95: 20, origin: { region: "eu" } });
    const { items, regions } = await trends();
    expect([items[0]?.points.length, items[0]?.step, regions]).toEqual([21, null, ["eu", "us"]]);
    expect(items[0]?.budgets[0]?.use).toBe(0.2);
    expect((await trends("?region=us")).items[0]?.budgets[0]?.use).toBe(0.8);
  });

  test("the newest runs of each service and endpoint, and strange names are names", async () => {
    const strange = `/a'"; DROP TABLE probe_runs; --$.x[0]`;
    await keptDaily([1, 2, 3, 4], { endpoint: strange });
    await keptDaily([5], { origin: { service: "__proto__" } });
    const { items } = await trends(`?runs=2&endpoint=${encodeURIComponent(strange)}`);
    expect(items.map(({ endpoint, points }) => [endpoint, points.map(({ figures }) => figures.p95)])).toEqual([
      [strange, [3, 4]],
    ]);
    expect((await trends("?service=__proto__")).items).toHaveLength(1);
  });
});

test("without a channel nothing is noted as told, and no message waits", async () => {
  await kept({ ago: 1_000, p95: 500 });
  await report.scheduled("17 * * * *");
  await report.scheduled("0 8 * * MON");
  for (const table of ["probe_alerts", "alert_messages"])
    expect((await report.env.DB.prepare(`SELECT * FROM ${table}`).all()).results).toEqual([]);
});

test("metrics: the newest run of the default branch and of the 20 pull requests that were probed last", async () => {
  await keptDaily([40, 50]);
  await kept({ ago: 3_000, p95: 7, origin: { branch: "develop" } });
  for (let pull = 1; pull <= 22; pull += 1)
    await kept({ ago: 100_000 - pull * 1_000, p95: 60, origin: { pull, branch: `b"${pull}` } });
  const text = await (await report.fetch("/metrics")).text();
  const p95 = text.split("\n").filter((line) => line.startsWith("shadow_p95_latency_ms{"));
  expect(p95).toHaveLength(21);
  expect(p95).toContain(
    `shadow_p95_latency_ms{service="shop",repository="acme/shop",branch="main",endpoint="${PATH}"} 50`,
  );
  expect(text).toContain('branch="b\\"22",pull="22"');
  expect(text).not.toContain('pull="2"');
  expect(text).toMatch(/shadow_budget_use\{.*branch="main".*budget="p95_ms"\} 0\.5\n/);
  expect(text).toMatch(/shadow_probe_failure_rate\{.*\} 0\n/);
  expect(text).toMatch(/shadow_p99_latency_ms\{.*\} 51\n/);
  expect(text).toMatch(/shadow_probe_last_run_timestamp_seconds\{.*\} \d{10}(\.\d+)?\n/);
});

test("metrics: every metric and label that the Grafana dashboard and the alert rules name is served", async () => {
  await kept({ ago: 2_000, origin: { region: "eu" } });
  await kept({ ago: 1_000, origin: { pull: 7, branch: "topic" } });
  const text = await (await report.fetch("/metrics")).text();
  const served = new Map<string, Set<string>>();
  for (const [, name = "", labels = ""] of text.matchAll(/^(shadow_\w+)\{(.*)\} \S+$/gm)) {
    const names = [...labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label = ""]) => label);
    served.set(name, new Set([...(served.get(name) ?? []), ...names]));
  }
  expect([...metricsAsked].filter((name) => !served.has(name))).toEqual([]);
  expect([...labelsAsked].filter((label) => ![...metricsAsked].some((name) => served.get(name)?.has(label)))).toEqual(
    [],
  );
});
