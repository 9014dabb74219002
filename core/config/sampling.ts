/** How much of production's traffic a configuration asks for, in numbers. */
import type { ProjectConfig } from "./schema.ts";

/** `rate: auto` aims at the gate's evidence in this time: as long as a pull request's own tests may take. */
const AUTO_SECONDS = 10 * 60;

export interface EffectiveSampling {
  /** Share of requests, 0 to 1. */
  readonly rate: number;
  /** Mirrored requests a second over all isolates, at most. */
  readonly maxRps: number;
}

/** Requests a second that bring `minPairs` pairs in 10 minutes. */
export function autoRps(minPairs: number): number {
  return minPairs / AUTO_SECONDS;
}

/** `auto` takes every request up to that many a second: the edge lowers the share by the traffic it sees. */
export function effectiveSampling({ sampling, gate }: Pick<ProjectConfig, "sampling" | "gate">): EffectiveSampling {
  const { rate, max_rps: maxRps } = sampling;
  return rate === "auto" ? { rate: 1, maxRps: Math.min(maxRps, autoRps(gate.min_pairs)) } : { rate, maxRps };
}
