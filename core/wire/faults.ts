/**
 * Faults that a caller on this machine asks the report Worker to suffer for one request, as a header: how its stores behave, never what they hold.
 * The form, and the draws that make a run repeatable. The Worker reads it in local mode only.
 */

/** Of the request; the answer carries it too where the Worker injects what was asked. */
export const FAULTS_HEADER = "x-shadow-infra-faults";
export const MAX_FAULT_LATENCY_MS = 10_000;

export interface StoreFaults {
  /** Milliseconds that each call of the database waits first. */
  readonly d1LatencyMs: number;
  /** Share of calls of the database, the bucket, the registry and the compare Worker that fail, 0 to 1. */
  readonly failRate: number;
  /** Same seed, same draws. A whole number below 2^32. */
  readonly seed: number;
}

/** To a microsecond and a millionth. */
export function formatFaults({ d1LatencyMs, failRate, seed }: StoreFaults): string {
  return `d1-latency=${Number(d1LatencyMs.toFixed(3))};fail=${Number(failRate.toFixed(6))};seed=${seed}`;
}

/** Null for anything but what `formatFaults` writes, within the limits. */
export function parseFaults(text: string | null): StoreFaults | null {
  const found = /^d1-latency=(\d{1,5}(?:\.\d{1,3})?);fail=(\d(?:\.\d{1,6})?);seed=(\d{1,10})$/.exec(text ?? "");
  if (found === null) return null;
  const [d1LatencyMs = 0, failRate = 0, seed = 0] = found.slice(1).map(Number);
  return d1LatencyMs <= MAX_FAULT_LATENCY_MS && failRate <= 1 ? { d1LatencyMs, failRate, seed: seed >>> 0 } : null;
}

/** The `n`th number of a seed, from 0 up to, not including, 1: splitmix32, by which neighbouring seeds have nothing in common. */
export function drawOf(seed: number, n: number): number {
  let mixed = (Math.imul(seed, 0x85eb_ca6b) + Math.imul(n + 1, 0x9e37_79b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
