/** Which targets a request is mirrored to. Every target of the table counts it as seen; the rest is counted where it ends. */
import type { RoutingTable, SkipReason } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { logError } from "../log.ts";
import { pathOf } from "../prod/origin.ts";
import { hasAllowance, takeAllowance } from "../routing/allowance.ts";
import { mayAsk, takeTrial } from "../routing/breaker.ts";
import { addOne, type Tally } from "../routing/counters.ts";
import { tallyOf } from "../routing/host.ts";
import { isSampled } from "../routing/sampling.ts";
import { skipOfAnswer, skipOfRequest } from "../routing/skip.ts";
import { ASK_TIMEOUT_MS } from "./ask.ts";
import { type Seat, seated } from "./fan-out.ts";
import type { Visit } from "./visit.ts";

interface Candidate extends Seat {
  readonly target: RoutedTarget;
  readonly tally: Tally;
}

const NONE: readonly RoutedTarget[] = [];

/** A running number for turns; not a time, because many requests come within one millisecond. */
let turn = 0;

/** `answer` is null where production gave none. */
export function decide(visit: Visit, table: RoutingTable, answer: Response | null): readonly RoutedTarget[] {
  let candidates: Candidate[] | undefined;
  for (const target of table.targets) {
    const tally = tallyOf(visit.state, target.deploymentId);
    tally.seen += 1;
    if (table.killSwitch || !isSampledHere(visit, target)) continue;
    tally.sampled += 1;
    if (isComparable({ visit, target, tally }, answer))
      (candidates ??= []).push({ target, tally, cost: costOf(target), servedAt: tally.servedAt });
  }
  return candidates === undefined ? NONE : chosen(candidates);
}

function isSampledHere({ request, arrivedAt }: Visit, target: RoutedTarget): boolean {
  if (target.probability >= 1) return true;
  if (!(target.probability > 0)) return false;
  const { method, url, headers } = request;
  return isSampled(target, { method, path: pathOf(url), headers }, arrivedAt);
}

/** A fault in here ends the request for this target alone, and in a state of its own. */
function isComparable(
  { visit, target, tally }: { readonly visit: Visit } & Omit<Candidate, keyof Seat>,
  answer: Response | null,
): boolean {
  try {
    const skip = skipOf(visit, { target, tally, answer });
    if (skip !== undefined) addOne(tally.skipped, skip);
    return skip === undefined;
  } catch (error) {
    addOne(tally.dropped, "internal");
    logError("a request could not be decided on", error);
    return false;
  }
}

function skipOf(
  { request, body, holding, arrivedAt }: Visit,
  { target, tally, answer }: { readonly target: RoutedTarget; readonly tally: Tally; readonly answer: Response | null },
): SkipReason | undefined {
  const skip = skipOfRequest(request, target) ?? (answer === null ? undefined : skipOfAnswer(request, answer));
  if (skip !== undefined) return skip;
  if (body === "not-captured" && typeof holding !== "string") return "body-size";
  // Long polling: where production itself takes longer than a shadow may, its silence says nothing.
  const now = Date.now();
  if (now - arrivedAt > ASK_TIMEOUT_MS) return "stream";
  if (!mayAsk(target, tally.health, now)) return "breaker";
  return hasAllowance(target, tally.pace, now) ? undefined : "rate-cap";
}

function costOf({ settings }: RoutedTarget): number {
  return settings.base === null ? 1 : 2;
}

function chosen(candidates: readonly Candidate[]): readonly RoutedTarget[] {
  const seats = candidates.length === 1 ? candidates : seated(candidates);
  for (const { target, tally } of seats) {
    turn += 1;
    tally.servedAt = turn;
    const now = Date.now();
    takeAllowance(target, tally.pace, now);
    takeTrial(target, tally.health, now);
  }
  if (seats.length < candidates.length)
    for (const candidate of candidates) if (!seats.includes(candidate)) addOne(candidate.tally.skipped, "fan-out");
  return seats.map(({ target }) => target);
}
