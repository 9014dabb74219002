/** The overview of trends in the real runtime: its pages tell every endpoint once, and at any time what working it out anew would say. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type TrendOverview,
  TrendOverviewSchema,
  type TrendSummary,
} from "../../../../core/wire/api/trend-overview.ts";
import { type ReportWorker, startReportWorker } from "../report-worker.ts";
import { NOON } from "../seed.ts";

let report: ReportWorker;
beforeAll(async () => {
  report = await startReportWorker();
});
afterAll(() => report.close());

async function sql(text: string, ...values: readonly (string | number)[]) {
  const { results } = await report.env.DB.prepare(text)
    .bind(...values)
    .all();
  return results;
}

const figuresOf = (p95: number) => ({ p50: 1, p95, p99: 100, avg_size_kb: 2, failures: 0, failure_rate: 0 });

describe("the overview of trends", () => {
  const ENDPOINTS = 40;
  const overview = async (query = "") =>
    TrendOverviewSchema.parse(await (await report.fetch(`/api/trends/overview${query}`)).json());
  const run = (id: string, at: number, own: Readonly<Record<string, object>>) =>
    sql(
      "INSERT INTO probe_runs VALUES (?1, ?1, 'acme/shop', 'shop', 'main', 'c1', 0, '', 'default', ?2, ?2, 1, ?3)",
      id,
      at,
      JSON.stringify({ endpoints: own }),
    );
  const row = (endpoint: string, value: number) => ({
    endpoint,
    budget: "p95_ms",
    value,
    threshold: 75,
    passed: value < 75,
  });
  const endpoint = (n: number) => `/things-${String(n).padStart(2, "0")}/${"x".repeat(100)}`;
  const all = (p95Of: (n: number) => number) =>
    Object.fromEntries(
      Array.from({ length: ENDPOINTS }, (_, n) => [
        endpoint(n),
        { figures: figuresOf(p95Of(n)), budgets: [row(endpoint(n), p95Of(n))] },
      ]),
    );

  async function pages(query = ""): Promise<readonly TrendSummary[]> {
    const items: TrendSummary[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: TrendOverview = await overview(`?${query}${cursor === "" ? "" : `&cursor=${cursor}`}`);
      expect(JSON.stringify(page).length).toBeLessThan(25 * 1_024);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  afterEach(() => sql("DELETE FROM probe_runs"));

  test("tells every endpoint once over its pages, the one over its budget first, from what is kept as from what is not", async () => {
    for (let n = 0; n < 3; n += 1)
      await run(
        `r${n}`,
        NOON + n,
        all((each) => (each === 31 ? 80 : 20 + each / 10)),
      );
    const fresh = await pages();
    expect(fresh).toHaveLength(ENDPOINTS);
    expect(new Set(fresh.map((item) => item.endpoint)).size).toBe(ENDPOINTS);
    expect(fresh[0]).toMatchObject({ endpoint: endpoint(31), level: "over", thinned: { p95_ms: [80, 80, 80] } });
    expect(await sql("SELECT count(*) > 1 AS several FROM answers WHERE deployment_id LIKE 'overview %'")).toEqual([
      { several: 1 },
    ]);
    expect(await pages()).toEqual(fresh);
    expect(await pages("limit=7")).toEqual(fresh);
    expect(await pages("service=shop")).toEqual(fresh);
    expect((await overview()).levels).toEqual({ over: 1, near: 0, unknown: 0, held: ENDPOINTS - 1 });
  });

  test("shows a run at once, and refuses a cursor of something else", async () => {
    await run(
      "r1",
      NOON,
      all(() => 20),
    );
    await pages();
    await run(
      "r2",
      NOON + 1,
      all((n) => (n === 5 ? 90 : 20)),
    );
    expect((await overview()).items[0]).toMatchObject({ endpoint: endpoint(5), level: "over" });
    expect((await report.fetch("/api/trends/overview?cursor=x")).status).toBe(400);
  });

  test("is worked out when a run of the default branch is sent, before anybody asks", async () => {
    const budgets = [row("/a", 90)];
    const origin = { repository: "acme/shop", branch: "main", service: "shop" };
    const timestamp = new Date().toISOString();
    const results = { timestamp, base_url: "http://localhost", iterations: 20, endpoints: { "/a": figuresOf(90) } };
    expect((await report.service("POST", "/api/probes", { ...results, budgets, origin })).status).toBe(201);
    await expect
      .poll(() => sql("SELECT body ->> '$.items[0].level' AS level FROM answers WHERE deployment_id = 'overview 0'"))
      .toEqual([{ level: "over" }]);
  });

  test("is narrowed by names, which are told too", async () => {
    await run(
      "r1",
      NOON,
      all(() => 20),
    );
    expect((await overview("?service=another")).items).toEqual([]);
    const names = async () => (await report.fetch("/api/trends/names")).json();
    expect(await names()).toEqual({ repositories: ["acme/shop"], services: ["shop"], branches: ["main"], regions: [] });
    await sql("UPDATE probe_runs SET region = 'eu'");
    expect(await names()).toMatchObject({ regions: ["eu"] });
  });
});
