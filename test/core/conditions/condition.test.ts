/** When it breaks, over simulated traffic: planted conditions are found, and where none is planted none is. */
import { describe, expect, test } from "vitest";
import { conditionOf } from "../../../core/conditions/condition.ts";
import { type Feature, readFeature } from "../../../core/conditions/feature.ts";
import { featuresOf } from "../../../core/conditions/features.ts";
import { type Atom, holds, type Predicate, predicateWords } from "../../../core/conditions/predicate.ts";
import { conditionTable, type ObservedRequest } from "../../../core/conditions/table.ts";
import { cpuMsSince, cpuNow } from "../../cpu-time.ts";

/** Mulberry32: a seeded generator of numbers from 0 to below 1. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const CURRENCIES = ["EUR", "USD", "CHF", "GBP"];
const LIMITS = [10, 20, 50, 100, 200];

/** A shop's traffic: several parameters, languages, agents, credentials, ids. */
function traffic(size: number, random: () => number): readonly ObservedRequest[] {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  return Array.from({ length: size }, (_, n) => {
    const id = 1 + Math.floor(random() * 100_000);
    const params = [
      `currency=${pick(CURRENCIES)}`,
      ...(random() < 0.6 ? [`limit=${pick(LIMITS)}`] : []),
      ...(random() < 0.3 ? ["expand=items"] : []),
      ...(random() < 0.1 ? [`q=${pick(["shoes", "hat", "red+coat"])}`] : []),
    ];
    const headers: Record<string, string> = { accept: "application/json", "user-agent": `client-${n % 7}/1.0` };
    if (random() < 0.8) headers["accept-language"] = pick(["de-DE,de;q=0.9", "en-US", "fr"]) ?? "";
    const request = { method: "GET", path: `/users/${id}/orders?${params.join("&")}`, headers, body: null };
    const credentials = random() < 0.4 ? "test-identity" : "none";
    return { id: `${n}-${random()}`, features: featuresOf({ request, route: "GET /users/{id}/orders", credentials }) };
  });
}

function readFeatures(features: readonly string[]): readonly Feature[] {
  return features.flatMap((text) => readFeature(text) ?? []);
}

function failingBy(requests: readonly ObservedRequest[], fails: (features: readonly Feature[]) => boolean) {
  return new Set(requests.filter(({ features }) => fails(readFeatures(features))).map(({ id }) => id));
}

const query = (kind: Atom["test"], key: string, value: string | null): Atom => ({
  test: kind,
  source: "query",
  key,
  value,
});

const PLANTED: readonly (readonly [words: string, predicate: Predicate])[] = [
  ["currency=EUR", [query("is", "currency", "EUR")]],
  ["currency other than USD", [query("isnt", "currency", "USD")]],
  ["with expand", [query("present", "expand", null)]],
  ["without limit", [query("absent", "limit", null)]],
  ["limit >= 100", [query("at-least", "limit", "100")]],
  ["limit <= 20", [query("at-most", "limit", "20")]],
  ["with credentials", [{ test: "present", source: "auth", key: "credentials", value: null }]],
  ["header accept-language = de", [{ test: "is", source: "header", key: "accept-language", value: "de" }]],
  ["without header accept-language", [{ test: "absent", source: "header", key: "accept-language", value: null }]],
  [
    "currency=EUR and with credentials",
    [query("is", "currency", "EUR"), { test: "present", source: "auth", key: "credentials", value: null }],
  ],
];

/** Said in other words, the same: `expand=items` where that is the only value of `expand`. */
function sameSet(one: Predicate, other: Predicate, requests: readonly ObservedRequest[]): boolean {
  return requests.every(({ features }) => {
    const read = readFeatures(features);
    return holds(one, read) === holds(other, read);
  });
}

function searchFor(planted: Predicate, { size, seed, noise }: { size: number; seed: number; noise: boolean }) {
  const random = generator(seed);
  const requests = traffic(size, random);
  const fails = (read: readonly Feature[]) =>
    noise ? random() < (holds(planted, read) ? 0.9 : 0.05) : holds(planted, read);
  const result = conditionOf(conditionTable(requests), { failing: failingBy(requests, fails) });
  return { requests, result };
}

describe("a planted condition", () => {
  test.each(PLANTED)("%s is found, with its counts", (_, planted) => {
    const { requests, result } = searchFor(planted, { size: 600, seed: 11, noise: false });
    if (!result.ok) throw new Error(result.reason);
    const { predicate, matching, matchingFailing, othersFailing } = result.value;
    expect(sameSet(predicate, planted, requests), predicateWords(predicate)).toBe(true);
    expect([matchingFailing, othersFailing]).toEqual([matching, 0]);
  });

  test("is found where 10 % of its pairs pass and 5 % of the others fail", () => {
    const wrong = PLANTED.flatMap(([words, planted]) =>
      [1, 2, 3].flatMap((seed) => {
        const { requests, result } = searchFor(planted, { size: 800, seed, noise: true });
        const right = result.ok && sameSet(result.value.predicate, planted, requests);
        return right ? [] : [`${words}: ${result.ok ? predicateWords(result.value.predicate) : result.reason}`];
      }),
    );
    expect(wrong.length, wrong.join("; ")).toBeLessThanOrEqual(3);
  });

  test("is found among few: 100 pairs", () => {
    const runs = Array.from({ length: 12 }, (_, seed) => {
      const { requests, result } = searchFor([query("is", "currency", "EUR")], { size: 100, seed, noise: false });
      return result.ok && sameSet(result.value.predicate, [query("is", "currency", "EUR")], requests);
    });
    expect(runs.filter(Boolean).length).toBeGreaterThanOrEqual(11);
  });
});

describe("without a condition", () => {
  test("coincidences are called one in at most 5 % of 1,000 simulations", () => {
    let called = 0;
    for (let seed = 0; seed < 25; seed++) {
      const random = generator(seed);
      const requests = traffic(60 + Math.floor(random() * 200), random);
      const table = conditionTable(requests);
      for (let labelled = 0; labelled < 40; labelled++) {
        const share = 0.1 + random() * 0.8;
        if (conditionOf(table, { failing: failingBy(requests, () => random() < share) }).ok) called++;
      }
    }
    expect(called).toBeLessThanOrEqual(50);
  });

  test("says that it breaks always, or that pairs are too few", () => {
    const requests = traffic(100, generator(3));
    const table = conditionTable(requests);
    const first = (count: number) => new Set(requests.slice(0, count).map(({ id }) => id));
    expect(conditionOf(table, { failing: first(100) })).toEqual({ ok: false, reason: "always" });
    expect(conditionOf(table, { failing: first(7) })).toEqual({ ok: false, reason: "few" });
    expect(conditionOf(table, { failing: first(95) })).toEqual({ ok: false, reason: "few" });
    expect(conditionOf(conditionTable([]), { failing: new Set() })).toEqual({ ok: false, reason: "few" });
  });
});

test("the same pairs in any order give the same condition", () => {
  const { requests, result } = searchFor([query("is", "currency", "EUR")], { size: 300, seed: 5, noise: false });
  const failing = failingBy(requests, (read) => holds([query("is", "currency", "EUR")], read));
  expect(conditionOf(conditionTable(requests.toReversed()), { failing })).toEqual(result);
});

test("pairs that are not looked at are no measure", () => {
  const requests = traffic(400, generator(2));
  const fails = failingBy(requests, (read) => holds([query("is", "currency", "EUR")], read));
  const table = conditionTable([
    ...requests,
    ...traffic(400, generator(4)).map((one) => ({ ...one, id: `${one.id} other` })),
  ]);
  const among = new Set(requests.map(({ id }) => id));
  const result = conditionOf(table, { failing: fails, among });
  expect(result).toMatchObject({
    ok: true,
    value: { matching: fails.size, others: 400 - fails.size, othersFailing: 0 },
  });
});

test("4,000 pairs of a route are searched in milliseconds for each of its drifts", () => {
  const requests = traffic(4_000, generator(1));
  const table = conditionTable(requests);
  const failing = failingBy(requests, (read) => holds([query("is", "currency", "EUR")], read));
  const started = cpuNow();
  for (let n = 0; n < 5; n++) conditionOf(table, { failing });
  expect(cpuMsSince(started) / 5).toBeLessThan(500);
});
