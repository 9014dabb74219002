/**
 * A pair with where and when it was captured: what travels from the tee to the consumer.
 * Kept apart from `pair.ts` because recorded pairs of the CLI have no deployment.
 */
import type { Pair } from "./pair.ts";

export interface CapturedPair extends Pair {
  /** `<repoId>-<pr>-<sha12>`. */
  readonly deploymentId: string;
  readonly repoId: number;
  /** Unix time in milliseconds at which the request reached the tee. */
  readonly capturedAt: number;
  /**
   * How the request's credentials travelled: `none` were sent, or a `test-identity` was put in their place.
   * A request whose credentials would have been lost is skipped, so it never becomes a pair.
   */
  readonly credentials: "none" | "test-identity";
}
