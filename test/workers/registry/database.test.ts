/** What the registry writes to the database: totals by its own alarm, again and again without harm, and never in a sync's way. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EqualRoute } from "../../../core/wire/sync.ts";
import { ISOLATE_LOST_AFTER_MS } from "../../../core/wire/sync.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { DEPLOYMENT_ID, target } from "../tee/target.ts";
import { equalRoute, leased, type Registries, report, startRegistries } from "./harness.ts";

let registries: Registries;

beforeAll(async () => {
  registries = await startRegistries();
  await registries.migrate();
});

afterAll(() => registries?.close());

/** The counters of a host in the database, by `<deployment> <counter>`. */
async function written(host: string, from = registries): Promise<Readonly<Record<string, number>>> {
  const { results } = await from.db
    .prepare("SELECT deployment_id || ' ' || counter AS name, value FROM tee_counters WHERE host = ?")
    .bind(host)
    .all<{ name: string; value: number }>();
  return Object.fromEntries(results.map(({ name, value }) => [name, value]));
}

async function equalPairs(host: string) {
  const { results } = await registries.db
    .prepare("SELECT * FROM equal_pairs WHERE host = ? ORDER BY route")
    .bind(host)
    .all<Record<string, string | number>>();
  return results;
}

const of = (counter: string) => `${DEPLOYMENT_ID} ${counter}`;

describe("the counters", () => {
  test("are written by an alarm within seconds of a change", async () => {
    const registry = await leased(registries, "alarm.test");
    const counters = { seen: 9, sampled: 5, sent: 2, answered: 2, skipped: { stream: 1 }, dropped: { queue: 1 } };
    await registry.sync(report("a", 1, counters, { unrouted: 4 }));
    expect(await written("alarm.test")).toEqual({});
    const rows = await waitFor(async () => {
      const now = await written("alarm.test");
      return Object.keys(now).length > 0 ? now : undefined;
    }, "a write");
    expect(rows).toEqual({
      [of("seen")]: 9,
      [of("sampled")]: 5,
      [of("sent")]: 2,
      [of("skipped:stream")]: 1,
      [of("dropped:queue")]: 1,
      " unrouted": 4,
    });
  });

  test("are written at once on demand, only those that changed, and the time tells of the change", async () => {
    const host = "flush.test";
    const registry = await leased(registries, host);
    await registry.sync(report("a", 1, { seen: 1, sent: 1 }));
    await registry.flush();
    await registries.db.prepare("UPDATE tee_counters SET updated_at = 1 WHERE host = ?").bind(host).run();
    const before = Date.now();
    await registry.sync(report("a", 2, { seen: 2, sent: 1 }));
    await registry.flush();
    await registry.flush();
    expect(await written(host)).toEqual({ [of("seen")]: 2, [of("sent")]: 1 });
    const { results } = await registries.db
      .prepare("SELECT counter, updated_at FROM tee_counters WHERE host = ? ORDER BY counter")
      .bind(host)
      .all<{ counter: string; updated_at: number }>();
    expect(results[0]?.updated_at).toBeGreaterThanOrEqual(before);
    expect(results[1]).toEqual({ counter: "sent", updated_at: 1 });
  });

  test("tell of a lost isolate by an alarm, and take it back when it speaks again", async () => {
    const host = "lost-alarm.test";
    const registry = await leased(registries, host);
    await registry.sync(report("a", 1, { sampled: 3, sent: 1 }));
    await registries.sql(host, `UPDATE reporters SET reported_at = reported_at - ${ISOLATE_LOST_AFTER_MS}`);
    await registry.sync(report("b", 1, { seen: 1 }));
    const lost = async () => ((await written(host))[of("lost:isolate")] === 2 ? true : undefined);
    await waitFor(lost, "the loss to be written");
    await registry.sync(report("a", 2, { sampled: 3, sent: 3 }));
    await registry.flush();
    expect(await written(host)).toMatchObject({ [of("lost:isolate")]: 0, [of("sent")]: 3 });
  });

  test("of a released deployment stay in the database, and those of hosts stay apart", async () => {
    for (const host of ["one.host.test", "two.host.test"]) {
      const registry = await leased(registries, host);
      await registry.sync(report("a", 1, { seen: host.length }));
      await registry.release(DEPLOYMENT_ID);
      await registry.flush();
    }
    expect(await written("one.host.test")).toEqual({ [of("seen")]: 13 });
    expect(await written("two.host.test")).toEqual({ [of("seen")]: 13 });
  });

  test("that were not written before a restart are written after it", async () => {
    const host = "restart.test";
    const registry = await leased(registries, host);
    await registry.sync(report("a", 1, { seen: 7 }));
    await registries.evict(host);
    expect(await written(host)).toEqual({});
    const seen = async () => ((await written(host))[of("seen")] === 7 ? true : undefined);
    await waitFor(seen, "the write after the restart");
  });
});

describe("byte-equal pairs", () => {
  const routes = (own: Readonly<Record<string, EqualRoute>>) => ({ equalRoutes: { [DEPLOYMENT_ID]: own } });

  test("are written by route, merged over all isolates, each counted by its latest report", async () => {
    const host = "equal.test";
    const registry = await leased(registries, host);
    const first = equalRoute(2, { lastAt: 50, control: { "7": 1 }, secondAnswers: 1 });
    await registry.sync(report("a", 1, {}, routes({ "GET /a": first, "GET /b": equalRoute(1) })));
    await registry.sync(report("b", 1, {}, routes({ "GET /a": equalRoute(5, { lastAt: 40, prod: { "101": 5 } }) })));
    const later = equalRoute(3, { lastAt: 60, control: { "7": 1 }, secondAnswers: 1, shadow: { "99": 3 } });
    await registry.sync(report("a", 2, {}, routes({ "GET /a": later })));
    await registry.sync(report("a", 2, {}, routes({ "GET /a": later })));
    await registry.flush();
    const row = { deployment_id: DEPLOYMENT_ID, host };
    expect(await equalPairs(host)).toEqual([
      {
        ...row,
        route: "GET /a",
        pairs: 8,
        second_answers: 1,
        last_at: 60,
        prod_latency: '{"100":3,"101":5}',
        shadow_latency: '{"99":3,"100":5}',
        control_latency: '{"7":1}',
      },
      {
        ...row,
        route: "GET /b",
        pairs: 1,
        second_answers: 0,
        last_at: 1_000,
        prod_latency: '{"100":1}',
        shadow_latency: '{"100":1}',
        control_latency: "{}",
      },
    ]);
  });

  test("that an isolate counted before it began at zero again stay in the sums", async () => {
    const host = "equal-again.test";
    const registry = await leased(registries, host);
    for (const [sequence, pairs] of [5, 2, 3].entries())
      await registry.sync(report("a", sequence + 1, {}, routes({ "GET /a": equalRoute(pairs) })));
    await registry.flush();
    expect(await equalPairs(host)).toMatchObject([{ pairs: 8, prod_latency: '{"100":8}' }]);
  });

  test("of an isolate that was forgotten stay in the sums", async () => {
    const host = "equal-forgotten.test";
    const registry = await leased(registries, host);
    await registry.sync(report("a", 1, {}, routes({ "GET /a": equalRoute(4) })));
    await registries.sql(host, "UPDATE reporters SET reported_at = 0");
    await registry.sync(report("b", 1, {}, routes({ "GET /a": equalRoute(2) })));
    await registry.flush();
    expect((await equalPairs(host)).map(({ pairs }) => pairs)).toEqual([6]);
  });

  test("of more routes than a table should have count together, and none is lost", async () => {
    const host = "many-routes.test";
    const registry = await leased(registries, host);
    const own = (isolate: string) =>
      Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`GET /${isolate}/${at}`, equalRoute(1)]));
    for (const isolate of ["a", "b", "c"]) await registry.sync(report(isolate, 1, {}, routes(own(isolate))));
    await registry.sync(report("c", 2, {}, routes({ "GET /c/0": equalRoute(3) })));
    await registry.flush();
    const rows = await equalPairs(host);
    expect(rows).toHaveLength(1_001);
    expect(rows.find(({ route }) => route === "GET {other}")?.["pairs"]).toBe(502);
    expect(rows.reduce((sum, { pairs }) => sum + Number(pairs), 0)).toBe(1_502);
  });
});

test("a database that fails stops no sync, and gets everything once it is back", async () => {
  const broken = await startRegistries();
  try {
    const registry = broken.of("broken.test");
    await registry.lease(target("http://one.test"));
    await registry.sync(report("a", 1, { seen: 1 }));
    await expect(registry.flush()).rejects.toThrow("tee_counters");
    const startedAt = Date.now();
    expect((await registry.sync(report("a", 2, { seen: 2 }))).targets).toHaveLength(1);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    await broken.migrate();
    await registry.sync(report("a", 3, { seen: 3 }));
    const seen = async () => ((await written("broken.test", broken))[of("seen")] === 3 ? true : undefined);
    await waitFor(seen, "the write after the failure", 20_000);
  } finally {
    await broken.close();
  }
});

test("where every row is wanted, byte-equal pairs become one however many there are", async () => {
  const local = await startRegistries({ SHADOW_INFRA_EQUAL_ROWS: "all" });
  try {
    await local.migrate();
    const registry = local.of("local.test");
    await registry.lease(target("http://one.test"));
    await local.sql("local.test", "UPDATE deployments SET has_equal_rows = 1");
    expect((await registry.sync(report("a", 1))).targets[0]?.equalRowShare).toBe(1);
  } finally {
    await local.close();
  }
});
