/** The ratio of two services: how often it accuses the innocent, and what it finds. */
import { describe, expect, it } from "vitest";
import { DEFAULT_RATIO_LIMIT, ratioRows } from "../../../core/probe/ratio.ts";
import { seededRandom } from "../../../core/probe/seeded-random.ts";

const SEEDS = 25;

/** Latencies as services have them: a log-normal body, and one in fifty with a pause of up to 60 ms. */
function latencies(random: () => number, count: number, factor = 1): readonly number[] {
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const pause = random() < 0.02 ? random() * 60 : 0;
    return factor * (20 * Math.exp(0.35 * normal) + pause);
  });
}

/** In how many of many runs a row failed. */
function failing(factor: number, count: number): number {
  const runs = Array.from({ length: SEEDS }, (_, seed) => {
    const random = seededRandom(seed);
    const times = { head: latencies(random, count, factor), base: latencies(random, count) };
    return ratioRows("/x", times, DEFAULT_RATIO_LIMIT).some(({ passed }) => !passed);
  });
  return runs.filter(Boolean).length;
}

describe("the ratio of two services", () => {
  it("does not fail the same service against itself", () => {
    expect(failing(1, 200)).toBeLessThanOrEqual(0);
  });

  it("hardly ever fails one that is slower by less than the limit", () => {
    expect(failing(1.2, 200)).toBeLessThanOrEqual(1);
  });

  it("finds one that takes twice as long", () => {
    expect(failing(2, 200)).toBeGreaterThanOrEqual(SEEDS - 2);
  });

  it("lets a difference be that nobody notices, whatever its ratio", () => {
    const times = { head: Array.from({ length: 200 }, () => 2), base: Array.from({ length: 200 }, () => 0.5) };
    expect(ratioRows("/x", times, DEFAULT_RATIO_LIMIT)).toMatchObject([
      { budget: "ratio_p95", value: 4, threshold: 1.25, passed: true, note: "4 to 4 with 95 %; +1.5 ms" },
      { budget: "ratio_p99", value: 4, passed: true },
    ]);
  });

  it("says nothing of fewer than 20 answers of one side", () => {
    const many = Array.from({ length: 200 }, () => 9);
    expect(ratioRows("/x", { head: many, base: many.slice(0, 19) }, 1.25)).toEqual([]);
    expect(ratioRows("/x", { head: many, base: many.slice(0, 20) }, 1.25)).toHaveLength(2);
  });

  it("is the same for the same samples, in whatever order they came", () => {
    const random = seededRandom(7);
    const times = { head: latencies(random, 60), base: latencies(random, 60) };
    const turned = { head: times.head.toReversed(), base: times.base.toReversed() };
    expect(ratioRows("/x", turned, 1.25)).toEqual(ratioRows("/x", times, 1.25));
  });

  it("has intervals that hold the true ratio nearly always", () => {
    const random = seededRandom(11);
    const hits = Array.from({ length: SEEDS }, () => {
      const times = { head: latencies(random, 400, 1.5), base: latencies(random, 400) };
      const [low = 0, high = 0] =
        /^([\d.]+) to ([\d.]+)/
          .exec(ratioRows("/x", times, 9)[0]?.note ?? "")
          ?.slice(1)
          .map(Number) ?? [];
      return low <= 1.5 && high >= 1.5;
    });
    expect(hits.filter(Boolean).length / SEEDS).toBeGreaterThan(0.87);
  });
});
