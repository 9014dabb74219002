/** Steps of load: their figures, where it stops, what they say together, and what is judged. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../../core/probe/budgets.ts";
import { allRows, type LoadedStep, loadedStep, loadSummary, stopAfter, withLoad } from "../../../core/probe/load.ts";
import type { Sample } from "../../../core/probe/sample.ts";
import { type ProbeResults, ProbeResultsSchema } from "../../../core/wire/api/probes.ts";

const good = (ms: number): Sample => ({ ms, bytes: 10, failed: null });
const hung = (ms: number): Sample => ({ ms, bytes: 0, failed: "timeout" });

/** One second of a service with so many workers of `ms` each, under a constant number of requests at a time. */
function served(workers: number, ms: number, concurrency: number): LoadedStep {
  const answers = Math.round((Math.min(workers, concurrency) * 1_000) / ms);
  const time = ms * Math.max(1, concurrency / workers);
  const samples = Array.from({ length: answers }, () => good(time));
  return loadedStep(samples, { endpoint: "/a", concurrency, elapsedS: 1 });
}

const TERMS = { endpoint: "/a", budgets: DEFAULT_BUDGETS, at: 1, stopped: null };

describe("a step", () => {
  it("counts answers a second without the failed ones, and says why those failed", () => {
    const samples = [good(10), good(30), hung(1_000), { ms: 1, bytes: 0, failed: "status-500" } as const];
    const { step } = loadedStep(samples, { endpoint: "/a", concurrency: 2, elapsedS: 0.5 });
    expect(step).toMatchObject({ throughput: 4, p50: 30, p95: 1_000, failure_rate: 0.5, requests: 4 });
    expect(step.failure_reasons).toEqual({ "status-500": 1, timeout: 1 });
  });

  it("is the last where more than half failed, or its p95 is the time-out", () => {
    const step = (samples: readonly Sample[]) => loadedStep(samples, { endpoint: "/a", concurrency: 8, elapsedS: 1 });
    expect(stopAfter(step([good(5), hung(100)]), 1_000)).toBeNull();
    expect(stopAfter(step([good(5), hung(100), hung(100)]), 1_000)).toBe("stopped after 8 at a time: 67 % failed");
    expect(stopAfter(step([good(5), hung(1_000)]), 1_000)).toBe(
      "stopped after 8 at a time: its p95 is the time-out of 1 s",
    );
  });
});

describe("the steps of an endpoint", () => {
  it("name the step at the knee, and what fills the service where no step has that concurrency", () => {
    const steps = [1, 2, 4, 8].map((concurrency) => served(3, 10, concurrency));
    expect(loadSummary(steps, TERMS)).toMatchObject({ peak: 300, knee: 4, saturation: 3 });
  });

  it("find k workers of any service whose steps reach twice that far", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom(2, 5, 10, 20), (workers, ms) => {
        const steps = [1, 2, 4, 8, 16, 32, 64, 128].map((concurrency) => served(workers, ms, concurrency));
        const { knee, saturation } = loadSummary(steps, TERMS);
        expect(saturation).toBeCloseTo(workers, 0);
        expect((knee ?? 0) > workers / 2 && (knee ?? 0) < workers * 2).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("name neither while the highest step is the best", () => {
    const steps = [1, 2, 4].map((concurrency) => served(64, 10, concurrency));
    expect(loadSummary(steps, TERMS)).toMatchObject({ peak: 400, knee: null, saturation: null });
  });

  it("are judged at one of them, and a step that was never reached has not held", () => {
    const steps = [1, 2].map((concurrency) => served(1, 60, concurrency));
    const passed = (at: number) => loadSummary(steps, { ...TERMS, at }).budgets.map((row) => row.passed);
    expect([passed(1), passed(2), passed(4)]).toEqual([
      [true, true, true],
      [false, false, true],
      [false, false, false],
    ]);
  });
});

describe("results with load", () => {
  const results: ProbeResults = {
    timestamp: "2026-01-02T03:04:05Z",
    base_url: "http://localhost:1",
    iterations: 1,
    endpoints: {},
    passed: true,
    budgets: [],
  };

  it("fail where the judged step did not hold, and have its rows among all", () => {
    const steps = [served(1, 60, 1), served(1, 60, 2)];
    const found = (at: number) => ({
      steps: steps.map(({ step }) => step),
      summary: { "/a": loadSummary(steps, { ...TERMS, at }) },
    });
    expect([withLoad(results, found(1)).passed, withLoad(results, found(2)).passed]).toEqual([true, false]);
    expect(allRows(withLoad(results, found(2))).map(({ budget, note }) => [budget, note])).toEqual([
      ["p95_ms", "2 at a time; max of 17"],
      ["p99_ms", "2 at a time; max of 17"],
      ["failure_rate", "2 at a time"],
    ]);
    expect(ProbeResultsSchema.safeParse(withLoad(results, found(2))).success).toBe(true);
  });

  it("are as they were where nothing was loaded", () => {
    expect(withLoad(results, { steps: [], summary: {} })).toBe(results);
  });
});
