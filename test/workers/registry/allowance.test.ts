/** The rate cap over many isolates, stepped through simulated time: what is granted, what is used, and who gets it. */
import { describe, expect, test } from "vitest";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import {
  MAX_OVERSHOOT,
  type Part,
  type Pool,
  resumePool,
  takePart,
  totalDemand,
} from "../../../durable-objects/registry/allowance.ts";
import { hasAllowance, type Pace, startPace, takeAllowance } from "../../../workers/tee/routing/allowance.ts";
import { target } from "../tee/target.ts";

const STEP_MS = 50;
const SYNC_MS = 5_000;
const TABLE_MS = 9_000;

interface Scene {
  readonly isolates: number;
  readonly maxRps: number;
  readonly rate?: number;
  readonly seconds: number;
  /** Requests per second at one isolate. */
  readonly load: (isolate: number, second: number) => number;
  readonly pool?: Pool;
}

interface Grant {
  readonly at: number;
  readonly isolate: number;
  readonly amount: number;
}

interface Outcome {
  readonly grants: readonly Grant[];
  /** When each mirrored request went, ms, and from where. */
  readonly used: readonly { readonly at: number; readonly isolate: number }[];
}

/** The same numbers in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

interface Isolate {
  seen: number;
  reported: number;
  syncedAt: number;
  readonly pace: Pace;
  target: RoutedTarget;
}

const NOTHING: Part = { probability: 0, allowance: 0 };

function withPart({ probability, allowance }: Part): RoutedTarget {
  return { ...target("http://shadow.test"), probability, allowance, breaker: "closed", equalRowShare: 1 };
}

/** Isolates as the tee's: a sync with the first request after five seconds, an allowance until the next or until the table is old. */
function play({ isolates, maxRps, rate = 1, seconds, load, pool = new Map() }: Scene): Outcome {
  const random = randomFrom(7);
  const grants: Grant[] = [];
  const used: { at: number; isolate: number }[] = [];
  const all = Array.from({ length: isolates }, (): Isolate => {
    return { seen: 0, reported: 0, syncedAt: Number.NEGATIVE_INFINITY, pace: startPace(), target: withPart(NOTHING) };
  });
  const step = (one: Isolate, isolate: number, now: number) => {
    const requests = poisson((load(isolate, Math.floor(now / 1_000)) * STEP_MS) / 1_000, random);
    if (requests > 0 && now - one.syncedAt >= SYNC_MS) {
      const isFirst = one.syncedAt === Number.NEGATIVE_INFINITY;
      const seen = isFirst ? null : { requests: one.seen - one.reported, forMs: now - one.syncedAt };
      const part = takePart(pool, { isolateId: `isolate ${isolate}`, now, maxRps, rate, seen });
      one.target = withPart(part);
      one.syncedAt = now;
      one.reported = one.seen;
      grants.push({ at: now, isolate, amount: part.allowance });
    }
    one.seen += requests;
    for (let request = 0; request < requests; request += 1)
      if (mirrors(one, now, random())) used.push({ at: now, isolate });
  };
  for (let now = 0; now < seconds * 1_000; now += STEP_MS)
    for (const [isolate, one] of all.entries()) step(one, isolate, now);
  return { grants, used };
}

function mirrors(one: Isolate, now: number, drawn: number): boolean {
  if (now - one.syncedAt >= TABLE_MS || drawn >= one.target.probability) return false;
  if (!hasAllowance(one.target, one.pace, now)) return false;
  takeAllowance(one.target, one.pace, now);
  return true;
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

/** Fewer requests than that are not judged by a ratio: one more or less would be a fifth. */
const SHORTEST_COUNT = 50;

/** The most within any window of that length. */
function peak(events: readonly { readonly at: number; readonly amount: number }[], windowMs = SYNC_MS): number {
  let most = 0;
  let sum = 0;
  let from = 0;
  for (const { at, amount } of events) {
    sum += amount;
    for (let first = events[from]; first !== undefined && first.at <= at - windowMs; first = events[from]) {
      sum -= first.amount;
      from += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
}

/** Mirrored requests per second between two moments. */
function usedPerSecond({ used }: Outcome, from: number, to: number): number {
  return used.filter(({ at }) => at >= from * 1_000 && at < to * 1_000).length / (to - from);
}

const SCENES: Readonly<Record<string, Omit<Scene, "maxRps" | "isolates"> & { readonly isolates?: number }>> = {
  steady: { seconds: 120, load: () => 10 },
  "all at once in bursts": { seconds: 120, load: (_, second) => (second % 20 < 3 ? 60 : 1) },
  "bursts that move about": { seconds: 120, load: (at, second) => ((second + at) % 10 === 0 ? 80 : 2) },
  "one isolate with nine tenths": { seconds: 120, load: (at) => (at === 0 ? 450 : 1) },
  "appearing one by one": { seconds: 120, load: (at, second) => (second >= at * 2 ? 20 : 0) },
  "half of them vanishing": { seconds: 120, load: (at, second) => (at % 2 === 0 && second > 60 ? 0 : 20) },
  "from quiet to a flood": { seconds: 120, load: (_, second) => (second < 60 ? 0.2 : 100) },
};

describe.each(Object.entries(SCENES))("with load that is %s", (_name, scene) => {
  test.each([1, 5, 20, 100])("50 isolates stay within 1.2 times %i a second", (maxRps) => {
    const outcome = play({ isolates: 50, maxRps, ...scene });
    expect(peak(outcome.grants)).toBeLessThanOrEqual(MAX_OVERSHOOT * maxRps * 5);
    const used = outcome.used.map(({ at }) => ({ at, amount: 1 }));
    const windowMs = Math.max(SYNC_MS, (SHORTEST_COUNT * 1_000) / maxRps);
    expect(peak(used, windowMs) / ((maxRps * windowMs) / 1_000)).toBeLessThanOrEqual(1.2);
    const all = usedPerSecond(outcome, 0, scene.seconds);
    expect(all).toBeLessThanOrEqual(1.05 * maxRps);
    expect(all).toBeGreaterThan(0.25 * maxRps);
  });
});

describe("the parts", () => {
  const usedBy = ({ used }: Outcome, isolate: number) => used.filter((one) => one.isolate === isolate).length;

  test("of equal isolates are about equal, and together nearly the cap", () => {
    const outcome = play({ isolates: 50, maxRps: 100, seconds: 120, load: () => 10 });
    expect(usedPerSecond(outcome, 20, 120)).toBeGreaterThan(85);
    const each = Array.from({ length: 50 }, (_, at) => usedBy(outcome, at));
    expect(Math.max(...each)).toBeLessThan(1.5 * Math.min(...each));
  });

  test("of a cap smaller than the number of isolates go round: each has its turn", () => {
    const outcome = play({ isolates: 50, maxRps: 1, seconds: 600, load: () => 10 });
    const each = Array.from({ length: 50 }, (_, at) => usedBy(outcome, at));
    expect(Math.min(...each)).toBeGreaterThan(0);
    expect(usedPerSecond(outcome, 60, 600)).toBeGreaterThan(0.5);
  });

  test("follow the load: an isolate with nine tenths of it gets most", () => {
    const outcome = play({ isolates: 50, maxRps: 20, seconds: 120, load: (at) => (at === 0 ? 450 : 1) });
    expect(usedBy(outcome, 0) / outcome.used.length).toBeGreaterThan(0.8);
  });

  test("of isolates that vanished go to the others within fifteen seconds", () => {
    const load = (at: number, second: number) => (at > 0 && second >= 60 ? 0 : 20);
    const outcome = play({ isolates: 10, maxRps: 50, seconds: 120, load, rate: 1 });
    expect(usedPerSecond(outcome, 75, 120)).toBeGreaterThan(0.9 * 20);
  });

  test("of a single isolate are the whole cap once its load is known, and something before", () => {
    const outcome = play({ isolates: 1, maxRps: 20, seconds: 60, load: () => 500 });
    expect(outcome.grants[0]?.amount).toBeGreaterThanOrEqual(10);
    expect(usedPerSecond(outcome, 5, 60)).toBeGreaterThan(19);
  });

  test("of a cap below one request in five seconds are whole requests, as rare as the cap wants", () => {
    const outcome = play({ isolates: 3, maxRps: 0.05, seconds: 2_000, load: () => 5 });
    expect(outcome.grants.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(1.2 * 0.05 * 2_000);
    expect(outcome.used.length).toBeGreaterThan(40);
  });
});

describe("the share to sample", () => {
  test("is the deployment's own where the cap does not bind, and cap by load where it does", () => {
    const pool: Pool = new Map();
    const visit = { isolateId: "a", maxRps: 20, rate: 0.5 };
    expect(takePart(pool, { ...visit, now: 0, seen: null }).probability).toBe(0.5);
    const seen = { requests: 500, forMs: 5_000 };
    expect(takePart(pool, { ...visit, now: 5_000, seen }).probability).toBeCloseTo(1.5 * (20 / 100));
    expect(totalDemand(pool)).toBe(100);
    expect(takePart(pool, { ...visit, rate: 0.1, now: 10_000, seen }).probability).toBe(0.1);
  });
});

test("after a restart amid traffic nothing is granted until the forgotten grants are used or gone", () => {
  const scene = { isolates: 50, maxRps: 20, load: () => 10 };
  const outcome = play({ ...scene, seconds: 60, pool: resumePool(20, 0) });
  expect(outcome.grants.filter(({ at, amount }) => at < 5_000 && amount > 0)).toEqual([]);
  expect(usedPerSecond(outcome, 15, 60)).toBeGreaterThan(12);
});
