/** The document of a run: its form, and what makes it pass. */
import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../../core/probe/budgets.ts";
import { namesOf, type ProbedSamples, type ProbeRunFacts, resultsOf } from "../../../core/probe/results.ts";
import { ProbeResultsSchema } from "../../../core/wire/api/probes.ts";
import { bad, good, times } from "./samples.ts";

const FACTS: ProbeRunFacts = {
  timestamp: "2026-01-02T03:04:05.000Z",
  baseUrl: "http://localhost:8001",
  iterations: 200,
  origin: { service: "web" },
  interrupted: false,
  compare: null,
};
const COMPARE = { baseUrl: "http://localhost:8000", ratioLimit: 1.25, absoluteToo: false };
const GET: ProbedSamples = {
  method: "GET",
  path: "/a",
  budgets: DEFAULT_BUDGETS,
  samples: times(200, () => good(100)),
};
const FAST: ProbedSamples = { ...GET, samples: times(200, () => good(10)) };

describe("the results", () => {
  it("begin with the keys that other tools read, each endpoint with its six figures first", () => {
    const results = resultsOf(FACTS, [FAST]);
    expect(Object.keys(results).slice(0, 4)).toEqual(["timestamp", "base_url", "iterations", "endpoints"]);
    const figures = Object.keys(results.endpoints["/a"] ?? {});
    expect(figures.slice(0, 6)).toEqual(["p50", "p95", "p99", "avg_size_kb", "failures", "failure_rate"]);
    expect(ProbeResultsSchema.parse(results)).toEqual(results);
  });

  it("tell endpoints of one path apart by their methods", () => {
    const endpoints = [GET, { ...GET, method: "POST" }, { ...GET, path: "/b" }];
    expect(namesOf(endpoints)).toEqual(["GET /a", "POST /a", "/b"]);
    expect(Object.keys(resultsOf(FACTS, endpoints).endpoints)).toEqual(["GET /a", "POST /a", "/b"]);
  });

  it("pass where every budget held, and fail where one of one endpoint did not", () => {
    expect(resultsOf(FACTS, [FAST, { ...FAST, path: "/b" }]).passed).toBe(true);
    expect(resultsOf(FACTS, [FAST, { ...GET, path: "/b" }]).passed).toBe(false);
  });

  it("never pass when the run was interrupted", () => {
    expect(resultsOf({ ...FACTS, interrupted: true }, [FAST])).toMatchObject({ passed: false, interrupted: true });
  });
});

describe("compared with another service", () => {
  const facts = { ...FACTS, compare: COMPARE };

  it("a slow machine is no fault: the ratio decides, and the budgets of times are shown", () => {
    const results = resultsOf(facts, [{ ...GET, compare: times(200, () => good(98)) }]);
    expect(results.passed).toBe(true);
    expect(
      results.budgets?.filter(({ judged }) => judged === false).map(({ budget, passed }) => [budget, passed]),
    ).toEqual([
      ["p95_ms", false],
      ["p99_ms", true],
    ]);
    expect(results.compare?.endpoints["/a"]?.p95).toBe(98);
    expect(ProbeResultsSchema.parse(results)).toEqual(results);
  });

  it("fails by the ratio though every budget held", () => {
    expect(resultsOf(facts, [{ ...FAST, compare: times(200, () => good(3)) }]).passed).toBe(false);
  });

  it("fails by failures and by size as ever", () => {
    const failing = times(200, (n) => (n < 20 ? bad("status-500") : good(10)));
    const huge = times(200, () => good(10, 30_000));
    const compare = times(200, () => good(10));
    expect(resultsOf(facts, [{ ...FAST, samples: failing, compare }]).passed).toBe(false);
    expect(resultsOf(facts, [{ ...FAST, samples: huge, compare }]).passed).toBe(false);
  });

  it("judges the times too where both are wanted", () => {
    const both = { ...facts, compare: { ...COMPARE, absoluteToo: true } };
    expect(resultsOf(both, [{ ...GET, compare: GET.samples }]).passed).toBe(false);
  });

  it("judges an endpoint that the other service does not have by its budgets", () => {
    const compare = times(200, () => bad("status-404"));
    expect(resultsOf(facts, [{ ...FAST, compare }]).passed).toBe(true);
    expect(resultsOf(facts, [{ ...GET, compare }]).passed).toBe(false);
  });
});
