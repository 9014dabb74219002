/** Results of several regions side by side. */
import { describe, expect, it } from "vitest";
import { compareRegions, labelled, regionDoubts } from "../../../core/probe/regions.ts";
import type { ProbeResults } from "../../../core/wire/api/probes.ts";

const figures = (p95: number) => ({ p50: p95 / 2, p95, p99: p95 * 2, avg_size_kb: 1, failures: 0, failure_rate: 0 });

function results(endpoints: Readonly<Record<string, number>>, more: Partial<ProbeResults> = {}): ProbeResults {
  return {
    timestamp: "2026-01-02T03:04:05Z",
    base_url: "http://localhost:1",
    iterations: 20,
    endpoints: Object.fromEntries(Object.entries(endpoints).map(([path, p95]) => [path, figures(p95)])),
    ...more,
  };
}

describe("regions", () => {
  it("stand in the order of their p95, each with its ratio to the fastest", () => {
    const [one] = compareRegions([
      { label: "us", results: results({ "/a": 30 }) },
      { label: "eu", results: results({ "/a": 12 }) },
      { label: "ap", results: results({ "/a": 60 }) },
    ]);
    expect(one?.regions.map(({ region, ratio }) => [region, ratio])).toEqual([
      ["eu", 1],
      ["us", 2.5],
      ["ap", 5],
    ]);
  });

  it("without any measured time come last, and count for no ratio", () => {
    const [one] = compareRegions([
      { label: "dead", results: results({ "/a": 0 }) },
      { label: "eu", results: results({ "/a": 12 }) },
    ]);
    expect(one?.regions.map(({ region, ratio }) => [region, ratio])).toEqual([
      ["eu", 1],
      ["dead", null],
    ]);
  });

  it("that lack an endpoint are named", () => {
    const compared = compareRegions([
      { label: "eu", results: results({ "/a": 1 }) },
      { label: "us", results: results({ "/a": 1, "/b": 1 }) },
    ]);
    expect(compared.map(({ endpoint, missing }) => [endpoint, missing])).toEqual([
      ["/a", []],
      ["/b", ["eu"]],
    ]);
  });

  it("are called by their label, else by the file, and two of a name by both", () => {
    const named = (name: string, region?: string) => ({ name, results: results({}, { origin: { region } }) });
    expect(labelled([named("a", "eu"), named("b", "eu"), named("c")]).map(({ label }) => label)).toEqual([
      "eu (a)",
      "eu (b)",
      "c",
    ]);
  });

  it("are doubted where they were measured otherwise", () => {
    const few = { label: "eu", results: results({}, { iterations: 5, interrupted: true as const }) };
    expect(regionDoubts([few, { label: "us", results: results({}) }])).toEqual([
      "Not all were measured with the same number of requests: 5, 20.",
      "eu was interrupted.",
    ]);
    expect(regionDoubts([{ label: "us", results: results({}) }])).toEqual([]);
  });
});
