/** How often the tee speaks to the registry and what it says, against a registry that remembers every call. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestHarness } from "wrangler";
import type { SyncReport } from "../../../core/wire/sync.ts";
import { type Listening, listen } from "../../servers/http.ts";
import { pause } from "../../servers/wait-for.ts";
import { send } from "./client.ts";
import { DEPLOYMENT_ID } from "./target.ts";

interface Call {
  readonly at: number;
  readonly report: SyncReport;
  readonly overlaps: boolean;
}

const REFUSING = "refusing.test";
const SECRET = "jane.doe@shop.example";

let origin: Listening;
let harness: ReturnType<typeof createTestHarness>;
let url: URL;

beforeAll(async () => {
  origin = await listen((_, response) => response.end("the same on both sides"));
  const registry = { bindings: [{ name: "REGISTRY", class_name: "Registry", script_name: "shadow-infra-report" }] };
  harness = createTestHarness({
    workers: [
      {
        config: {
          name: "shadow-infra-tee",
          main: "workers/tee/index.ts",
          compatibility_date: "2026-11-01",
          compatibility_flags: ["nodejs_compat"],
          vars: { SHADOW_INFRA_PROD_URL: origin.url, SHADOW_INFRA_REDACTION_KEY: "test-redaction-key" },
          durable_objects: registry,
        },
      },
      {
        config: {
          name: "shadow-infra-report",
          main: "test/workers/tee/recording-registry/index.mjs",
          compatibility_date: "2026-11-01",
          migrations: [{ tag: "v1", new_sqlite_classes: ["Registry"] }],
          vars: { SHADOW: origin.url, REFUSING },
          durable_objects: { bindings: [{ name: "REGISTRY", class_name: "Registry" }] },
        },
      },
    ],
  });
  ({ url } = await harness.listen());
});

afterAll(async () => {
  await harness?.close();
  await origin?.close();
});

async function calls(host: string): Promise<readonly Call[]> {
  // The stand-in answers with what it remembers.
  return (await (await harness.getWorker("shadow-infra-report").fetch(`http://localhost/${host}`)).json()) as Call[];
}

/** Requests for `ms` milliseconds, a few at a time; how many. */
async function traffic(host: string, ms: number, path = "/orders/17"): Promise<number> {
  const until = Date.now() + ms;
  let count = 0;
  while (Date.now() < until) {
    await Promise.all([1, 2, 3].map(() => send(url, { host, path })));
    count += 3;
    await pause(40);
  }
  return count;
}

test("under steady traffic there is one call in 5 seconds, none overlaps, and the last counters follow by themselves", async () => {
  const count = await traffic("steady.test", 11_000);
  await pause(6_500);
  const all = await calls("steady.test");
  const gaps = all.slice(1).map(({ at }, index) => at - (all[index]?.at ?? 0));
  // Taken where the calls arrive: the first one also waits for the registry to start.
  for (const gap of gaps) expect(gap).toBeGreaterThan(4_500);
  expect(all.some(({ overlaps }) => overlaps)).toBe(false);
  expect(all.length).toBeLessThanOrEqual(5);
  const last = all.at(-1)?.report;
  const counted = last?.deployments[DEPLOYMENT_ID];
  expect((counted?.seen ?? 0) + (last?.unrouted ?? 0)).toBe(count);
  expect((counted?.equal ?? 0) + Object.values(counted?.dropped ?? {}).reduce((sum, one) => sum + one, 0)).toBe(
    counted?.sampled,
  );
  expect(all.map(({ report }) => report.sequence)).toEqual(all.map((_, index) => index + 1));
  expect(new Set(all.map(({ report }) => report.isolateId)).size).toBe(1);
});

test("what a refused call carried is in the next one, as totals", async () => {
  await send(url, { host: REFUSING, path: "/first" });
  // The second call, which brings this request's counters, is refused.
  await pause(10_500);
  await send(url, { host: REFUSING, path: "/first" });
  await pause(1_000);
  const all = await calls(REFUSING);
  expect(all.length).toBe(3);
  const routes = all.map(({ report }) => Object.keys(report.equalRoutes[DEPLOYMENT_ID] ?? {}));
  expect(routes).toEqual([[], ["GET /first"], ["GET /first"]]);
  expect(all[2]?.report.deployments[DEPLOYMENT_ID]).toMatchObject({ seen: 1, sampled: 1, equal: 1, answered: 1 });
});

test("a route is named after the redacted path, as for a pair that has a row", async () => {
  await send(url, { host: "redacted.test", path: "/warm" });
  await pause(500);
  await send(url, { host: "redacted.test", path: `/users/${SECRET}/orders?email=${SECRET}` });
  await pause(6_000);
  const text = JSON.stringify(await calls("redacted.test"));
  expect(text).not.toContain(SECRET);
  expect(text).toContain("GET /users/{id}/orders");
});
