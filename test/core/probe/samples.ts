/** Samples for the tests of a probe's figures. */
import type { ProbeFailure, Sample } from "../../../core/probe/sample.ts";

export function good(ms: number, bytes = 1_024): Sample {
  return { ms, bytes, failed: null };
}

export function bad(failed: ProbeFailure, ms = 1, bytes = 0): Sample {
  return { ms, bytes, failed, detail: `it was ${failed}` };
}

export function times(count: number, make: (n: number) => Sample): readonly Sample[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
