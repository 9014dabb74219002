/** Asks many questions, a few at a time and within one budget, and stores each outcome as it comes. */
import type { Question } from "../../../core/wire/model.ts";
import { type SignatureOf, saveAnswer, saveOpen } from "../record/decisions.ts";
import type { Ask } from "./ask.ts";
import type { Outcome } from "./outcome.ts";

/** Of the six connections a Worker may have open, D1 and the bucket need some. */
const CONCURRENT_CALLS = 4;

/** For all questions of a batch together. What is not answered by then is asked again later. */
const BATCH_BUDGET_MS = 20_000;

export interface Waiting extends SignatureOf {
  readonly question: Question;
  /** Attempts made before this one. */
  readonly attempts: number;
}

interface Asking {
  readonly db: D1Database;
  readonly ask: Ask;
  readonly batchId: string;
  readonly now: () => number;
}

export interface AskResult {
  readonly of: Waiting;
  readonly outcome: Outcome;
}

export async function askAll(waiting: readonly Waiting[], asking: Asking): Promise<AskResult[]> {
  const signal = AbortSignal.timeout(BATCH_BUDGET_MS);
  const queue = [...waiting];
  const results: AskResult[] = [];
  const worker = async () => {
    for (let of = queue.shift(); of !== undefined; of = queue.shift())
      results.push({ of, outcome: await askOne(of, asking, signal) });
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_CALLS, waiting.length) }, worker));
  return results;
}

async function askOne(of: Waiting, { db, ask, batchId, now }: Asking, signal: AbortSignal): Promise<Outcome> {
  const outcome: Outcome = signal.aborted
    ? { kind: "unanswered", error: "budget-exceeded" }
    : await ask(of.question, signal);
  const by = { db, batchId, now: now() };
  if (outcome.kind === "answered") await saveAnswer(by, of, outcome);
  else await saveOpen(by, of, { ...outcome, attempts: of.attempts + 1 });
  return outcome;
}
