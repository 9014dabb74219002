import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EndpointFigures, MIN_RUNS, type Question, suggest } from "../../../core/budgets/suggest.ts";

interface Own {
  readonly p95?: number;
  readonly failureRate?: number;
  readonly sizeKb?: number;
  readonly endpoint?: string;
}

function run({ p95 = 40, failureRate = 0, sizeKb = 9.3, endpoint = "/a" }: Own = {}): EndpointFigures {
  const failures = Math.round(failureRate * 200);
  return {
    endpoint,
    figures: { p50: p95 / 2, p95, p99: 1.5 * p95, avg_size_kb: sizeKb, failures, failure_rate: failureRate },
  };
}

const runs = (count: number, own: Own = {}) => Array.from({ length: count }, () => run(own));

const P95: Question = { budget: "p95_ms", now: 75, covers: () => true };
const TERMS = { headroom: 1.2, allowRaise: false };

describe("a proposed budget", () => {
  it("is the highest value with headroom, rounded up", () => {
    const { proposed, outcome, evidence } = suggest([...runs(9), run({ p95: 44.1 })], P95, TERMS);
    expect([proposed, outcome]).toEqual([53, "lower"]);
    expect(evidence).toEqual({ runs: 10, fewestOf: "/a", highest: 44.1, highestOf: "/a", leftOut: 0 });
  });

  it("is not a millisecond more where the product is whole", () => {
    expect(suggest(runs(10, { p95: 50 }), P95, TERMS).proposed).toBe(60);
  });

  it("is above the highest value also with hardly any headroom, because at the threshold is over it", () => {
    expect(suggest(runs(10, { p95: 50 }), P95, { ...TERMS, headroom: 1.000_001 }).proposed).toBe(51);
  });

  it.each([
    [9, "too-few-runs", 75],
    [MIN_RUNS, "lower", 48],
  ])("needs ten runs: %d runs are %s", (count, outcome, proposed) => {
    expect(suggest(runs(count), P95, TERMS)).toMatchObject({ outcome, proposed });
  });

  it("needs ten runs of each endpoint it is for, and names the one that has the fewest", () => {
    const history = [...runs(12), ...runs(3, { endpoint: "/new" })];
    expect(suggest(history, P95, TERMS)).toMatchObject({
      outcome: "too-few-runs",
      evidence: { runs: 3, fewestOf: "/new" },
    });
    const covers = (endpoint: string) => endpoint === "/a";
    expect(suggest(history, { ...P95, covers }, TERMS).outcome).toBe("lower");
  });

  it("has nothing to go by without runs", () => {
    expect(suggest([], P95, TERMS)).toMatchObject({ outcome: "too-few-runs", proposed: 75, evidence: { runs: 0 } });
  });

  it("is never higher than now unless that is allowed", () => {
    const slow = runs(10, { p95: 70 });
    expect(suggest(slow, P95, TERMS)).toMatchObject({ outcome: "held", wanted: 84, proposed: 75 });
    expect(suggest(slow, P95, { ...TERMS, allowRaise: true })).toMatchObject({ outcome: "raise", proposed: 84 });
  });

  it("stays where the change would be less than a twentieth", () => {
    expect(suggest(runs(10, { p95: 60 }), P95, TERMS)).toMatchObject({ outcome: "keep", wanted: 72, proposed: 75 });
    expect(suggest(runs(10, { p95: 59 }), P95, TERMS)).toMatchObject({ outcome: "lower", proposed: 71 });
  });

  it("leaves out runs that measured failures, except for the failure rate itself", () => {
    const history = [...runs(10), run({ p95: 9_000, failureRate: 0.5 })];
    expect(suggest(history, P95, TERMS)).toMatchObject({ proposed: 48, evidence: { runs: 10, leftOut: 1 } });
    const failures = { budget: "failure_rate", now: 0.05, covers: () => true } as const;
    expect(suggest(history, failures, TERMS)).toMatchObject({ outcome: "held", wanted: 0.6 });
  });

  it("stops at what a machine can tell apart, and leaves a stricter budget to its owner", () => {
    const fast = runs(10, { p95: 0.4, sizeKb: 0.1 });
    expect(suggest(fast, P95, TERMS).proposed).toBe(5);
    expect(suggest(fast, { ...P95, now: 3 }, TERMS)).toMatchObject({ outcome: "keep", proposed: 3 });
    const failures = { budget: "failure_rate", now: 0.05, covers: () => true } as const;
    expect(suggest(fast, failures, TERMS).proposed).toBe(0.02);
    expect(suggest(fast, { budget: "size_kb", now: 25, covers: () => true }, TERMS).proposed).toBe(1);
  });

  it("lets every run of its history pass wherever something changes, and is lower unless raising is allowed", () => {
    const values = fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { minLength: MIN_RUNS, maxLength: 30 });
    const terms = fc.record({ headroom: fc.double({ min: 1.001, max: 10, noNaN: true }), allowRaise: fc.boolean() });
    fc.assert(
      fc.property(values, fc.double({ min: 0.5, max: 5_000, noNaN: true }), terms, (p95s, now, given) => {
        const history = p95s.map((p95) => run({ p95 }));
        const { proposed, outcome } = suggest(history, { ...P95, now }, given);
        if (outcome === "lower" || outcome === "raise") expect(proposed).toBeGreaterThan(Math.max(...p95s));
        else expect(proposed).toBe(now);
        if (!given.allowRaise) expect(proposed).toBeLessThanOrEqual(now);
      }),
    );
  });
});
