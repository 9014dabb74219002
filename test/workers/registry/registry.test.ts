/** The registry object of a host: leases that run out, the kill switch, and what isolates are told of caps, breakers and rows. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LEASE_MS } from "../../../core/wire/sync.ts";
import { DEFAULT_MIRROR_SETTINGS, type MirrorTarget, type RoutedTarget } from "../../../core/wire/target.ts";
import { DEPLOYMENT_ID, target } from "../tee/target.ts";
import { type Registries, report, startRegistries } from "./harness.ts";

let registries: Registries;

beforeAll(async () => {
  registries = await startRegistries();
  await registries.migrate();
});

afterAll(() => registries?.close());

const OTHER_ID = "8-2-0123456789ab";

function capped(maxRps: number, changes: Partial<MirrorTarget> = {}): MirrorTarget {
  return target("http://one.test", { settings: { ...DEFAULT_MIRROR_SETTINGS, maxRps }, ...changes });
}

describe("a lease", () => {
  test("puts the whole target into the table, and a renewal replaces it", async () => {
    const registry = registries.of("lease.test");
    await registry.lease(target("http://one.test", { rate: 0.5 }));
    const leased = target("http://two.test", { rate: 0.25, serviceHeaders: { "x-service": "one" } });
    await registry.lease(leased);
    const table = await registry.sync(report("a", 1));
    const routed: RoutedTarget = {
      ...leased,
      probability: 0.25,
      allowance: null,
      breaker: "closed",
      equalRowShare: 1,
    };
    expect(table.targets).toEqual([routed]);
    expect(Math.abs(table.stampedAt - Date.now())).toBeLessThan(5_000);
    expect(table.killSwitch).toBe(false);
  });

  test("that is not renewed runs out", async () => {
    const registry = registries.of("expiry.test");
    await registry.lease(target("http://one.test"));
    await registries.sql("expiry.test", `UPDATE targets SET expires_at = expires_at - ${LEASE_MS}`);
    expect((await registry.sync(report("a", 1))).targets).toEqual([]);
    expect(await registry.standing(DEPLOYMENT_ID)).toBe(null);
  });

  test("that is released ends at once, those of other deployments and repositories hold, and counters stay", async () => {
    const registry = registries.of("release.test");
    await registry.lease(target("http://one.test"));
    await registry.lease(target("http://two.test", { deploymentId: OTHER_ID, repoId: 8 }));
    await registry.release(DEPLOYMENT_ID);
    const { targets } = await registry.sync(report("a", 1, { seen: 3 }));
    expect(targets.map((one) => one.deploymentId)).toEqual([OTHER_ID]);
    expect((await registry.counters(DEPLOYMENT_ID)).seen).toBe(3);
  });

  test("of one host is none of another", async () => {
    await registries.of("here.test").lease(target("http://one.test"));
    expect((await registries.of("there.test").sync(report("a", 1))).targets).toEqual([]);
  });
});

describe("the kill switch", () => {
  test("empties every table until it is off, and can be read back", async () => {
    const registry = registries.of("kill.test");
    await registry.lease(target("http://one.test"));
    await registry.setKillSwitch(true);
    expect(await registry.killSwitch()).toBe(true);
    expect(await registry.sync(report("a", 1))).toMatchObject({ killSwitch: true, targets: [] });
    await registry.setKillSwitch(false);
    expect(await registry.killSwitch()).toBe(false);
    expect(await registry.sync(report("a", 2))).toMatchObject({
      killSwitch: false,
      targets: [{ deploymentId: DEPLOYMENT_ID }],
    });
  });

  test("can be on before anything was leased", async () => {
    const registry = registries.of("kill-first.test");
    await registry.setKillSwitch(true);
    await registry.lease(target("http://one.test"));
    expect((await registry.sync(report("a", 1))).targets).toEqual([]);
  });
});

describe("the rate cap", () => {
  test("gives a newcomer something, and then the cap for its load", async () => {
    const registry = registries.of("cap.test");
    await registry.lease(capped(20));
    const [first] = (await registry.sync(report("a", 1))).targets;
    expect(first).toMatchObject({ probability: 1, allowance: expect.any(Number) });
    await registries.sql("cap.test", "UPDATE reporters SET reported_at = reported_at - 5000");
    const [second] = (await registry.sync(report("a", 2, { seen: 500 }))).targets;
    // About 100 requests a second against a cap of 20, half as much again sampled; the test's own time comes on top of the five seconds.
    expect(second?.probability).toBeGreaterThan(0.29);
    expect(second?.probability).toBeLessThan(0.45);
    expect((await registry.standing(DEPLOYMENT_ID))?.probability).toBe(second?.probability);
  });

  test("holds over many isolates that come at once", async () => {
    const registry = registries.of("many.test");
    await registry.lease(capped(20));
    const tables = await Promise.all(
      Array.from({ length: 50 }, (_, at) => registry.sync(report(`isolate ${at}`, 1, { seen: 1 }))),
    );
    const granted = tables.map(({ targets }) => targets[0]?.allowance ?? 0);
    expect(granted.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1.2 * 20 * 5);
    expect(granted.filter((one) => one > 0).length).toBeGreaterThan(20);
  });

  test("is each deployment's own", async () => {
    const registry = registries.of("own-cap.test");
    await registry.lease(capped(20));
    await registry.lease(target("http://two.test", { deploymentId: OTHER_ID }));
    const { targets } = await registry.sync(report("a", 1));
    expect(targets.map(({ allowance }) => allowance === null)).toEqual([false, true]);
  });

  test("holds over a restart amid traffic: what others were granted is not granted again", async () => {
    const registry = registries.of("restart.test");
    await registry.lease(capped(20));
    await registry.sync(report("a", 1));
    await registries.evict("restart.test");
    expect((await registry.sync(report("b", 1))).targets[0]?.allowance).toBe(0);
  });
});

describe("the breaker", () => {
  /** What an isolate is told after its report. */
  const breakerOf = async (host: string, ...told: Parameters<typeof report>) =>
    (await registries.of(host).sync(report(...told))).targets[0]?.breaker;
  const letPass = (host: string, ms: number) =>
    registries.sql(
      host,
      `UPDATE breakers SET breaker = json_set(breaker, '$.openUntil', json_extract(breaker, '$.openUntil') - ${ms})`,
    );

  test("opens for everyone by the failures of several isolates, and closes with the answer to a trial", async () => {
    const host = "breaker.test";
    await registries.of(host).lease(target("http://one.test"));
    expect(await breakerOf(host, "a", 1, { failed: 2 })).toBe("closed");
    expect(await breakerOf(host, "b", 1, { failed: 3 })).toBe("open");
    expect(await breakerOf(host, "a", 2, { failed: 2 })).toBe("open");
    expect((await registries.of(host).standing(DEPLOYMENT_ID))?.breaker).toBe("open");
    await letPass(host, 10_000);
    await registries.evict(host);
    expect(await breakerOf(host, "a", 3, { failed: 2 })).toBe("trial");
    expect(await breakerOf(host, "b", 2, { failed: 3 })).toBe("open");
    expect(await breakerOf(host, "a", 4, { failed: 2, answered: 1 })).toBe("closed");
    expect(await breakerOf(host, "b", 3, { failed: 3 })).toBe("closed");
  });

  test("opens when one isolate says so, and a repeated report does not count twice", async () => {
    const host = "told.test";
    await registries.of(host).lease(target("http://one.test"));
    expect(await breakerOf(host, "a", 1, { failed: 3 })).toBe("closed");
    expect(await breakerOf(host, "a", 1, { failed: 3 })).toBe("closed");
    expect(await breakerOf(host, "a", 2, { failed: 4 }, { open: [DEPLOYMENT_ID] })).toBe("open");
  });

  test("that is open outlives the object's restart, and ends with the lease", async () => {
    const host = "outlives.test";
    await registries.of(host).lease(target("http://one.test"));
    await breakerOf(host, "a", 1, { failed: 5 });
    await registries.evict(host);
    expect(await breakerOf(host, "b", 1)).toBe("open");
    await registries.of(host).release(DEPLOYMENT_ID);
    await breakerOf(host, "b", 2);
    await registries.of(host).lease(target("http://one.test"));
    expect(await breakerOf(host, "b", 3)).toBe("closed");
  });
});

describe("a row for byte-equal pairs", () => {
  const shareOf = async (host: string, sequence: number) =>
    (await registries.of(host).sync(report("a", sequence, { seen: sequence }))).targets[0]?.equalRowShare;
  const equalRows = (deploymentId: string, route: string, equal: number) =>
    registries.db
      .prepare(
        `INSERT INTO routes (deployment_id, route, pairs, equal, shadow_failed, noise, slow, second_answers, learned_noise, last_pair_at)
          VALUES (?, ?, ?, ?, 0, 0, 0, 0, '{}', 0)`,
      )
      .bind(deploymentId, route, equal, equal)
      .run();

  test("is made of all until a deployment has a thousand, then of one in a hundred", async () => {
    const host = "rows.test";
    const deploymentId = "7-9-0123456789ab";
    await registries.of(host).lease(target("http://one.test", { deploymentId }));
    await equalRows(deploymentId, "GET /a", 600);
    await shareOf(host, 1);
    await registries.of(host).flush();
    expect(await shareOf(host, 2)).toBe(1);
    await equalRows(deploymentId, "GET /b", 400);
    await registries.of(host).flush();
    expect(await shareOf(host, 3)).toBe(0.01);
    await registries.evict(host);
    expect(await shareOf(host, 4)).toBe(0.01);
  });
});

describe("host names and reports that nobody asked for", () => {
  test("leave nothing behind: an object without a lease stores nothing and sets no alarm", async () => {
    const host = "invented.test";
    const registry = registries.of(host);
    const table = await registry.sync(report("a", 1, { seen: 5 }, { unrouted: 9 }));
    expect(table).toMatchObject({ killSwitch: false, targets: [] });
    await registry.release(DEPLOYMENT_ID);
    await registry.setKillSwitch(false);
    await registry.flush();
    expect(await registry.counters(DEPLOYMENT_ID)).toMatchObject({ seen: 0, unrouted: 0 });
    const tables = await registries.sql(host, "SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\'");
    expect(tables).toEqual([]);
  });

  test("are not stored where they are out of bounds, and the rest of the report counts", async () => {
    const host = "hostile.test";
    const registry = registries.of(host);
    await registry.lease(target("http://one.test"));
    const counters = { seen: 4, sampled: -1, sent: 1.5, skipped: { [`'; DROP TABLE totals; --`]: 7, stream: 2 } };
    const deployments = { "9-9-0123456789ab": report("a", 1, { seen: 9 }).deployments[DEPLOYMENT_ID] };
    const hostile = report("a", 1, counters, { unrouted: Number.NaN });
    await registry.sync({ ...hostile, deployments: { ...hostile.deployments, ...deployments } } as typeof hostile);
    await registry.sync(report("x".repeat(1_000), 1, { seen: 100 }));
    const expected = { seen: 4, sampled: 0, sent: 0, skipped: { stream: 2 }, unrouted: 0 };
    expect(await registry.counters(DEPLOYMENT_ID)).toMatchObject(expected);
    expect((await registry.counters("9-9-0123456789ab")).seen).toBe(0);
  });
});
