/**
 * The breaker of one shadow over all isolates. Pure: time comes in, a new state comes out. Open for ten seconds, then one
 * isolate at a time may send one request; an answer closes it.
 */
import { BREAKER_FAILED_SHARE, BREAKER_FAILURES_IN_A_ROW, BREAKER_LAST_REQUESTS } from "../../core/wire/sync.ts";
import type { BreakerState } from "../../core/wire/target.ts";

/** How long it stays open before the shadow is tried again. */
export const OPEN_MS = 10_000;

/** How long the trial is one isolate's alone; a request and the next sync fit in. After that another one may try, too. */
const TRIAL_MS = 6_000;

export interface Breaker {
  /** Null: closed. From then on the shadow is tried. */
  readonly openUntil: number | null;
  readonly trial: { readonly isolateId: string; readonly until: number } | null;
  /** Failures since the last answer. */
  readonly inARow: number;
  /** Of the last 20 outcomes. Not whole numbers: reports say how many, not in which order. */
  readonly answered: number;
  readonly failed: number;
}

export const CLOSED: Breaker = { openUntil: null, trial: null, inARow: 0, answered: 0, failed: 0 };

/** What one isolate told: outcomes since its last report, and whether it has opened its own breaker. */
export interface Outcomes {
  readonly isolateId: string;
  readonly answered: number;
  readonly failed: number;
  readonly open: boolean;
}

/** The breaker after a report. */
export function heard(breaker: Breaker, outcomes: Outcomes, now: number): Breaker {
  if (breaker.openUntil !== null) return now < breaker.openUntil ? breaker : heardInTrial(breaker, outcomes, now);
  const counted = count(breaker, outcomes);
  // An isolate may repeat that its breaker is open until its next table; only with new failures is it news.
  const isNews = outcomes.open && outcomes.failed > 0;
  return isNews || mustOpen(counted) ? opened(now) : counted;
}

/** What an isolate is told, and the breaker after that: asking may give it the trial. */
export function told(
  breaker: Breaker,
  isolateId: string,
  now: number,
): { readonly breaker: Breaker; readonly state: BreakerState } {
  const { openUntil, trial } = breaker;
  if (openUntil === null) return { breaker, state: "closed" };
  const isTaken = trial !== null && now < trial.until;
  if (now < openUntil || (isTaken && trial.isolateId !== isolateId)) return { breaker, state: "open" };
  // Not longer for asking again: an isolate without traffic must not keep it from the others.
  if (isTaken) return { breaker, state: "trial" };
  return { breaker: { ...breaker, trial: { isolateId, until: now + TRIAL_MS } }, state: "trial" };
}

/** What anyone else is told. */
export function stateOf({ openUntil, trial }: Breaker): BreakerState {
  if (openUntil === null) return "closed";
  return trial === null ? "open" : "trial";
}

function opened(now: number): Breaker {
  return { ...CLOSED, openUntil: now + OPEN_MS };
}

/** Requests from before the opening have ended by now, so an answer is news, whoever got it. */
function heardInTrial(breaker: Breaker, { isolateId, answered, failed }: Outcomes, now: number): Breaker {
  if (answered > 0) return CLOSED;
  return failed > 0 && breaker.trial?.isolateId === isolateId ? opened(now) : breaker;
}

function count({ inARow, answered, failed }: Breaker, news: Outcomes): Breaker {
  const fresh = Math.min(1, BREAKER_LAST_REQUESTS / (news.answered + news.failed || 1));
  const room = BREAKER_LAST_REQUESTS - fresh * (news.answered + news.failed);
  const kept = Math.min(1, room / (answered + failed || 1));
  return {
    ...CLOSED,
    inARow: news.answered > 0 ? 0 : inARow + news.failed,
    answered: kept * answered + fresh * news.answered,
    failed: kept * failed + fresh * news.failed,
  };
}

function mustOpen({ inARow, answered, failed }: Breaker): boolean {
  if (inARow >= BREAKER_FAILURES_IN_A_ROW) return true;
  // A little tolerance, because the last 20 are scaled.
  return (
    answered + failed > BREAKER_LAST_REQUESTS - 1e-6 && failed >= BREAKER_FAILED_SHARE * BREAKER_LAST_REQUESTS - 1e-6
  );
}
