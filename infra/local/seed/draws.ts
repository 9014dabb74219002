/**
 * Made-up values as SQL: each is a function of the row's number `n` alone, so the database makes 100,000 rows itself and the same number gives
 * the same rows. Pure; no statement here.
 */
import { BUCKETS_PER_DOUBLING } from "../../../core/report/latency.ts";

/** Odd constants of the widely used integer mixers; the masks keep every product below 2^63. */
const MASK = 4_294_967_295;
const STEP = 2_654_435_761;
const MIX = 1_597_334_677;
const STREAM = 40_503;

/** A number from 0 up to, not including, 1. Another `stream`, another independent draw. */
export function uniform(stream: number, seed: number): string {
  const start = `((n * ${STEP} + ${(stream * STREAM + seed * MIX) % MASK}) & ${MASK})`;
  const mixed = `(((${start} + (${start} >> 15)) * ${MIX}) & ${MASK})`;
  return `((((${mixed} + (${mixed} >> 13)) * ${STREAM}) & ${MASK}) / ${MASK + 1}.0)`;
}

/** Turns a uniform column (never 0) into a latency around `median` with a long tail: about a fiftieth takes three times as long. */
export function latency(median: string, uniformColumn: string): string {
  // Tukey's lambda distribution with 0.135 is the normal one within a hundredth.
  const u = `(0.0005 + 0.999 * ${uniformColumn})`;
  return `round(${median} * exp(0.5 * (pow(${u}, 0.135) - pow(1 - ${u}, 0.135)) / 0.1975), 3)`;
}

/** The bucket of a column with milliseconds, as the consumer counts it. */
export function bucket(column: string): string {
  return `CAST(ceil(log2(${column}) * ${BUCKETS_PER_DOUBLING}) AS INTEGER)`;
}
