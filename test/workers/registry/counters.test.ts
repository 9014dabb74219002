/** Counters of all isolates of a host: they add up whatever is lost or repeated, and whoever falls silent. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ISOLATE_LOST_AFTER_MS } from "../../../core/wire/sync.ts";
import { DEPLOYMENT_ID } from "../tee/target.ts";
import { leased, type Registries, report, startRegistries } from "./harness.ts";

let registries: Registries;

beforeAll(async () => {
  registries = await startRegistries();
  await registries.migrate();
});

afterAll(() => registries?.close());

const silence = (host: string, isolateId: string, ms: number) =>
  registries.sql(host, `UPDATE reporters SET reported_at = reported_at - ${ms} WHERE isolate_id = '${isolateId}'`);

const HALF_DONE = {
  seen: 20,
  sampled: 10,
  sent: 3,
  equal: 2,
  skipped: { stream: 1, cached: 1 },
  dropped: { queue: 1 },
};
const IN_HAND = 2;

describe("the sums", () => {
  test("take the latest report of each isolate, however often and in whatever order they come", async () => {
    const registry = await leased(registries, "sum.test");
    const told: readonly (readonly [string, number, number])[] = [
      ["a", 1, 5],
      ["a", 3, 9],
      ["a", 2, 7],
      ["a", 3, 9],
      ["b", 1, 1],
    ];
    for (const [isolateId, sequence, seen] of told)
      await registry.sync(report(isolateId, sequence, { seen, dropped: { memory: seen } }, { unrouted: 2 }));
    const sums = await registry.counters(DEPLOYMENT_ID);
    expect(sums).toMatchObject({ seen: 10, dropped: { memory: 10 }, skipped: {}, lostWithIsolate: 0, unrouted: 4 });
  });

  test("are zero for a deployment that was never leased here", async () => {
    const registry = await leased(registries, "none.test");
    expect(await registry.counters("7-9-0123456789ab")).toMatchObject({ seen: 0, skipped: {}, lostWithIsolate: 0 });
  });

  test("keep what an isolate counted before it forgot a deployment and began at zero again", async () => {
    const registry = await leased(registries, "again.test");
    await registry.sync(report("a", 1, { seen: 8, sampled: 8, sent: 4, skipped: { stream: 3 } }));
    await registry.sync(report("a", 2, { seen: 2, sampled: 1, sent: 1 }));
    await registry.sync(report("a", 3, { seen: 3, sampled: 2, sent: 1, skipped: { stream: 1 } }));
    const sums = { seen: 11, sampled: 10, sent: 5, skipped: { stream: 4 }, lostWithIsolate: 1 };
    expect(await registry.counters(DEPLOYMENT_ID)).toMatchObject(sums);
  });

  test("and the latest sequences outlive the object's restart", async () => {
    const registry = await leased(registries, "evicted.test");
    await registry.sync(report("a", 5, { seen: 8 }));
    await registries.evict("evicted.test");
    await registry.sync(report("a", 4, { seen: 7 }));
    expect((await registry.counters(DEPLOYMENT_ID)).seen).toBe(8);
    await registry.sync(report("a", 6, { seen: 9 }));
    expect((await registry.counters(DEPLOYMENT_ID)).seen).toBe(9);
  });
});

describe("an isolate that falls silent", () => {
  test("has lost what it had in hand, after five minutes and not before", async () => {
    const registry = await leased(registries, "lost.test");
    await registry.sync(report("a", 1, HALF_DONE));
    await silence("lost.test", "a", ISOLATE_LOST_AFTER_MS - 60_000);
    expect((await registry.counters(DEPLOYMENT_ID)).lostWithIsolate).toBe(0);
    await silence("lost.test", "a", 60_000);
    expect(await registry.counters(DEPLOYMENT_ID)).toMatchObject({ sampled: 10, lostWithIsolate: IN_HAND });
  });

  test("has lost nothing when it speaks again, and may be lost anew", async () => {
    const registry = await leased(registries, "heals.test");
    await registry.sync(report("a", 1, HALF_DONE));
    await silence("heals.test", "a", ISOLATE_LOST_AFTER_MS);
    expect((await registry.counters(DEPLOYMENT_ID)).lostWithIsolate).toBe(IN_HAND);
    await registry.sync(report("a", 2, { ...HALF_DONE, sent: 4 }));
    expect(await registry.counters(DEPLOYMENT_ID)).toMatchObject({ sent: 4, lostWithIsolate: 0 });
    await silence("heals.test", "a", ISOLATE_LOST_AFTER_MS);
    expect((await registry.counters(DEPLOYMENT_ID)).lostWithIsolate).toBe(IN_HAND - 1);
  });

  test("loses nothing when everything it sampled has ended", async () => {
    const registry = await leased(registries, "ended.test");
    await registry.sync(report("a", 1, { ...HALF_DONE, sent: 3 + IN_HAND }));
    await silence("ended.test", "a", ISOLATE_LOST_AFTER_MS);
    expect((await registry.counters(DEPLOYMENT_ID)).lostWithIsolate).toBe(0);
  });

  test("is forgotten after a day: its counts and losses stay, its rows go", async () => {
    const host = "forgotten.test";
    const registry = await leased(registries, host);
    await registry.sync(report("a", 1, HALF_DONE, { unrouted: 3 }));
    await registry.sync(report("b", 1, { seen: 1 }));
    await silence(host, "a", 24 * 3_600_000);
    const sums = await registry.counters(DEPLOYMENT_ID);
    expect(sums).toMatchObject({ seen: 21, sampled: 10, lostWithIsolate: IN_HAND, unrouted: 3 });
    for (const table of ["reporters", "reports"])
      expect(await registries.sql(host, `SELECT 1 FROM ${table} WHERE isolate_id = 'a'`)).toEqual([]);
  });
});

test("a deployment whose lease ended a month ago is forgotten once the database has its totals", async () => {
  const host = "month.test";
  const registry = await leased(registries, host);
  await registry.sync(report("a", 1, { seen: 5 }));
  await registry.release(DEPLOYMENT_ID);
  await registries.sql(host, "UPDATE deployments SET leased_at = 0");
  await registry.counters(DEPLOYMENT_ID);
  expect((await registry.counters(DEPLOYMENT_ID)).seen).toBe(5);
  await registry.flush();
  expect((await registry.counters(DEPLOYMENT_ID)).seen).toBe(0);
  await registry.sync(report("a", 2, { seen: 6 }));
  expect((await registry.counters(DEPLOYMENT_ID)).seen).toBe(0);
});

test("a hundred random histories add up to what the isolates counted", async () => {
  const registry = await leased(registries, "random.test");
  const random = (below: number) => Math.floor(Math.random() * below);
  const isolates = Array.from({ length: 5 }, (_, at) => ({ id: `isolate ${at}`, sequence: 0, sampled: 0, sent: 0 }));
  for (let step = 0; step < 100; step += 1) {
    const one = isolates[random(isolates.length)];
    if (one === undefined) continue;
    one.sequence += 1;
    one.sampled += random(5);
    one.sent += random(one.sampled - one.sent + 1);
    const told = report(one.id, one.sequence, { seen: one.sampled, sampled: one.sampled, sent: one.sent });
    await registry.sync(told);
    if (random(4) === 0) await registry.sync(told);
    if (random(4) === 0) await silence("random.test", one.id, ISOLATE_LOST_AFTER_MS);
    if (random(10) === 0) await registry.counters(DEPLOYMENT_ID);
  }
  for (const { id } of isolates) await silence("random.test", id, ISOLATE_LOST_AFTER_MS);
  const sampled = isolates.reduce((sum, one) => sum + one.sampled, 0);
  const sent = isolates.reduce((sum, one) => sum + one.sent, 0);
  expect(await registry.counters(DEPLOYMENT_ID)).toMatchObject({ sampled, sent, lostWithIsolate: sampled - sent });
});
