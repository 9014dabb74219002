/** What one request of a probe saw. Apart from what is made of many of them. */
import type { FailureReason } from "../pair/pair.ts";

/** No answer, or not the one that was wanted. `different`: not what it answers otherwise. `not-sent`: the endpoint was given up before. */
export type ProbeFailure =
  | FailureReason
  | `status-${number}`
  | "too-large"
  | "not-json"
  | "schema"
  | "different"
  | "not-sent";

export interface Sample {
  /** Milliseconds from sending to the end of the body, or until it was given up. */
  readonly ms: number;
  /** Of the body as it was transferred; where the answer was cut off, what came until then. */
  readonly bytes: number;
  /** Null: it answered as it should. */
  readonly failed: ProbeFailure | null;
  /** What exactly was wrong, in words. Never a value of the answer. */
  readonly detail?: string;
  /** The answer is a problem document (RFC 9457), by its media type. */
  readonly explained?: true;
}

/** Nobody is there at all: no name, no listener, none that is trusted, no answer in time. */
const UNREACHABLE: ReadonlySet<string | null> = new Set(["refused", "dns", "tls", "timeout"]);

export function isUnreachable({ failed }: Sample): boolean {
  return UNREACHABLE.has(failed);
}

/**
 * Whether the time counts: of every whole answer with a status that was wanted, and of time-outs, which took at least so long. An error that
 * comes quickly must not make the percentiles look good.
 */
export function isTimed({ failed }: Sample): boolean {
  return (
    failed === null || failed === "schema" || failed === "not-json" || failed === "different" || failed === "timeout"
  );
}

/** Whether the size counts: of whole answers, and of those that were cut off because they are too large. */
export function isSized({ failed }: Sample): boolean {
  return (
    failed === null || failed === "schema" || failed === "not-json" || failed === "different" || failed === "too-large"
  );
}
