/** The first line of a report: the verdict in words and numbers. Failure and lack of evidence never read like success. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { counted, whole } from "./numbers.ts";

/** Worst first: the order in which counts are told. */
export const WORST_FIRST = ["Critical", "Warning", "Undecided", "Safe"] as const;
export type Verdict = (typeof WORST_FIRST)[number];

/** `5 Critical, 3 Warning` of the given verdicts, worst first, without zeros. */
export function tally(verdicts: readonly Verdict[]): string {
  return WORST_FIRST.map((verdict) => ({ verdict, count: verdicts.filter((each) => each === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${whole(count)} ${verdict}`)
    .join(", ");
}

/** Why there is nothing to say where it is not the traffic. */
const NO_PAIRS: Readonly<Partial<Record<Deployment["state"], string>>> = {
  pending: "The shadow deployment is starting: no pairs yet",
  failed: "The shadow deployment failed",
  idle: "The shadow deployment is idle: no pairs yet",
};

/** What a reviewer reads first. `drifts` are those that are not noise. */
export function headline({ counts, state }: Deployment, drifts: readonly Drift[]): string {
  if (counts.pairs === 0) return NO_PAIRS[state] ?? "Not enough traffic: no pairs yet";
  const pairs = counted(counts.pairs, "pair");
  if (counts.shadowFailed === counts.pairs) return `The shadow answered none of ${pairs}`;
  if (drifts.length > 0) {
    return `${counted(drifts.length, "drift")} in ${pairs}: ${tally(drifts.map((drift) => drift.verdict))}`;
  }
  const open = counts.critical + counts.warning + counts.undecided;
  return open > 0 ? `${counted(open, "pair")} of ${whole(counts.pairs)} not Safe` : `No drift in ${pairs}`;
}
