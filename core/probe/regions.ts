/** Results of one service from several places side by side: each endpoint's figures by region, and how many times as slow as the fastest. Pure. */
import type { ProbeResults } from "../wire/api/probes.ts";

/** One results document and where it was measured. */
export interface Labelled {
  readonly label: string;
  readonly results: ProbeResults;
}

export interface RegionFigures {
  readonly region: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failure_rate: number;
  /** p95 over that of the fastest region; null where nothing was measured. */
  readonly ratio: number | null;
}

export interface ComparedEndpoint {
  readonly endpoint: string;
  /** The fastest first, what was not measured last. */
  readonly regions: readonly RegionFigures[];
  /** Regions whose results do not have it. */
  readonly missing: readonly string[];
}

/** The region each was labelled with, else its name; two of the same are told apart by their names. */
export function labelled(
  named: readonly { readonly name: string; readonly results: ProbeResults }[],
): readonly Labelled[] {
  const regions = named.map(({ name, results }) => results.origin?.region ?? name);
  return named.map(({ name, results }, n) => {
    const region = regions[n] ?? name;
    const isAlone = regions.indexOf(region) === regions.lastIndexOf(region);
    return { label: isAlone ? region : `${region} (${name})`, results };
  });
}

/** Endpoints in the order in which they first appear. */
export function compareRegions(all: readonly Labelled[]): readonly ComparedEndpoint[] {
  const names = new Set(all.flatMap(({ results }) => Object.keys(results.endpoints)));
  return [...names].map((endpoint) => {
    const found = all.flatMap(({ label, results }) => {
      const figures = Object.hasOwn(results.endpoints, endpoint) ? results.endpoints[endpoint] : undefined;
      return figures === undefined ? [] : [{ label, ...figures }];
    });
    // A percentile of 0 is that of nothing.
    const fastest = Math.min(...found.map(({ p95 }) => p95).filter((p95) => p95 > 0));
    const regions = found.map(({ label, p50, p95, p99, failure_rate }): RegionFigures => {
      const ratio = p95 > 0 ? Math.round((p95 / fastest) * 100) / 100 : null;
      return { region: label, p50, p95, p99, failure_rate, ratio };
    });
    const there = new Set(found.map(({ label }) => label));
    return {
      endpoint,
      regions: regions.toSorted(
        (a, b) => (a.ratio ?? Infinity) - (b.ratio ?? Infinity) || (a.region < b.region ? -1 : 1),
      ),
      missing: all.map(({ label }) => label).filter((label) => !there.has(label)),
    };
  });
}

/** What makes the regions hard to compare, in sentences. */
export function regionDoubts(all: readonly Labelled[]): readonly string[] {
  const differs = (what: string, of: (results: ProbeResults) => string | number | undefined): readonly string[] => {
    const values = new Set(all.map(({ results }) => of(results)));
    return values.size <= 1
      ? []
      : [`Not all were measured with the same ${what}: ${[...values].map((value) => value ?? "none").join(", ")}.`];
  };
  const cut = all.filter(({ results }) => results.interrupted === true).map(({ label }) => `${label} was interrupted.`);
  return [
    ...differs("number of requests", ({ iterations }) => iterations),
    ...differs("service", ({ origin }) => origin?.service),
    ...cut,
  ];
}
