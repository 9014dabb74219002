/** The figures of one endpoint out of its samples. What they are held against is in `rows.ts`. */
import type { ProbedEndpoint } from "../wire/api/probes.ts";
import { percentile } from "./percentiles.ts";
import { isSized, isTimed, type Sample } from "./sample.ts";

const BYTES_PER_KB = 1_024;

/** The figures, and how many samples the times and the sizes are of: zero says that a figure of 0 is none. */
export interface Measured {
  readonly figures: ProbedEndpoint;
  readonly timed: number;
  readonly sized: number;
}

/** Failures include what was not sent because the endpoint had been given up. */
export function measured(method: string, samples: readonly Sample[]): Measured {
  const times = samples
    .filter(isTimed)
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b);
  const sizes = samples.filter(isSized).map(({ bytes }) => bytes);
  const at = (percent: number): number => microseconds(percentile(times, percent) ?? 0);
  const failures = samples.filter(({ failed }) => failed !== null).length;
  const figures: ProbedEndpoint = {
    p50: at(50),
    p95: at(95),
    p99: at(99),
    avg_size_kb: precise(mean(sizes) / BYTES_PER_KB),
    failures,
    failure_rate: samples.length === 0 ? 0 : precise(failures / samples.length),
    method,
    requests: samples.filter(({ failed }) => failed !== "not-sent").length,
    max_ms: microseconds(times.at(-1) ?? 0),
    max_size_kb: precise(sizes.reduce((max, size) => Math.max(max, size), 0) / BYTES_PER_KB),
    ...(failures > 0 && { failure_reasons: reasonsOf(samples) }),
  };
  return { figures, timed: times.length, sized: sizes.length };
}

function reasonsOf(samples: readonly Sample[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { failed } of samples) if (failed !== null) counts.set(failed, (counts.get(failed) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What is judged is what is written: both are these numbers. */
function microseconds(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

/** A thousandth of a byte, and one failure of a million. */
function precise(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000;
}
