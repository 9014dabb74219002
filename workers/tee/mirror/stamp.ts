/**
 * The gateway's stamp: which deployment gave an answer. Without it something in between spoke, such as a tunnel's error page,
 * and that is not the pull request's fault.
 */
import { FAILURE_REASONS } from "../../../core/pair/pair.ts";
import type { Side } from "../capture/answer.ts";

export const STAMP_HEADER = "x-shadow-infra-deployment";

/** Beside the stamp where the app gave no answer: why. The gateway takes it off whatever the app says itself. */
const FAILED_HEADER = "x-shadow-infra-failed";

/** `unreached`: an answer without a stamp; `other`: another push's. */
export type Stamped = "own" | "unreached" | "other";

/** `expected` is a deployment id, or null where the answers come without a gateway. A failure stays what it is. */
export function stampOf(side: Side, expected: string | null): Stamped {
  if (expected === null || typeof side === "string" || "failed" in side) return "own";
  const stamp = side.headers.get(STAMP_HEADER);
  if (stamp === null) return "unreached";
  return stamp === expected ? "own" : "other";
}

/** A stamped answer that only says that the app gave none is no answer. `expected` as above: without a gateway nobody may say so. */
export function asGatewaySaw(side: Side, expected: string | null): Side {
  if (expected === null || typeof side === "string" || "failed" in side) return side;
  const said = side.headers.get(FAILED_HEADER);
  if (said === null || side.headers.get(STAMP_HEADER) !== expected) return side;
  return { failed: FAILURE_REASONS.find((reason) => reason === said) ?? "protocol", latencyMs: side.latencyMs };
}
