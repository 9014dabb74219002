/**
 * When a model's opinion alone may block: where it calls Critical what the rule did not, a majority of three has to say so.
 * Pure counting; who asks, and how often, is the consumer's.
 */
import type { Severity } from "./severity.ts";

/** Answers asked for at most; a second one that agrees is a majority already. */
export const MAX_VOTES = 3;
const MAJORITY = 2;

export type Count =
  | { readonly kind: "ask-again" }
  /** `agreed`: the answers say it; otherwise they disagree and it is the rule's own severity. */
  | { readonly kind: "decided"; readonly verdict: Severity; readonly agreed: boolean };

/** `votes` in order of arrival, inside the rule's range; `severity` is what the rule says. */
export function countVotes(votes: readonly Severity[], severity: Severity): Count {
  const [first] = votes;
  if (first === undefined) return { kind: "ask-again" };
  if (first !== "Critical" || severity === "Critical") return { kind: "decided", verdict: first, agreed: true };
  const critical = votes.filter((vote) => vote === "Critical").length;
  if (critical >= MAJORITY) return { kind: "decided", verdict: "Critical", agreed: true };
  if (votes.length - critical >= MAJORITY) return { kind: "decided", verdict: severity, agreed: false };
  return { kind: "ask-again" };
}
