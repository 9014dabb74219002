/**
 * The gateway's stamp: which deployment gave an answer. Without it something in between spoke, such as a tunnel's error page,
 * and that is not the pull request's fault.
 */
import type { Side } from "../capture/answer.ts";

export const STAMP_HEADER = "x-shadow-infra-deployment";

/** `unreached`: an answer without a stamp; `other`: another push's. */
export type Stamped = "own" | "unreached" | "other";

/** `expected` is a deployment id, or null where the answers come without a gateway. A failure stays what it is. */
export function stampOf(side: Side, expected: string | null): Stamped {
  if (expected === null || typeof side === "string" || "failed" in side) return "own";
  const stamp = side.headers.get(STAMP_HEADER);
  if (stamp === null) return "unreached";
  return stamp === expected ? "own" : "other";
}
