/** Asks many questions, a few at a time and within one budget of time, and stores each outcome as it comes. */
import type { Severity } from "../../../core/verdict/severity.ts";
import type { Question } from "../../../core/wire/model.ts";
import { type SignatureOf, saveAnswer, saveOpen } from "../record/decisions.ts";
import { holdBallot } from "./ballot.ts";
import type { Model } from "./model.ts";
import type { Outcome, Unanswered } from "./outcome.ts";

/** Of the six connections a Worker may have open, D1 and the bucket need some. */
const CONCURRENT_CALLS = 4;

export interface Waiting extends SignatureOf {
  /** Whose budget its calls are counted against. */
  readonly deploymentId: string;
  readonly question: Question;
  /** Attempts made before this one. */
  readonly attempts: number;
  /** Answers it already has. */
  readonly votes: readonly Severity[];
}

interface Asking {
  readonly db: D1Database;
  readonly model: Model;
  readonly batchId: string;
  readonly now: () => number;
}

export interface AskResult {
  readonly of: Waiting;
  readonly outcome: Outcome;
}

/** What the questions of one batch share. */
interface Round {
  readonly signal: AbortSignal;
  /** Set when the model refuses whoever asks. */
  refusal: Unanswered | null;
}

export async function askAll(waiting: readonly Waiting[], asking: Asking): Promise<AskResult[]> {
  const round: Round = { signal: AbortSignal.timeout(asking.model.roundMs), refusal: null };
  const queue = [...waiting];
  const results: AskResult[] = [];
  const worker = async () => {
    for (let of = queue.shift(); of !== undefined; of = queue.shift())
      results.push({ of, outcome: await askOne(of, asking, round) });
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_CALLS, waiting.length) }, worker));
  return results;
}

async function askOne(of: Waiting, { db, model, batchId, now }: Asking, round: Round): Promise<Outcome> {
  const { ask, budget } = model;
  const spender = { db, deploymentId: of.deploymentId, repoId: of.repoId, now: now() };
  const heldBack = () => (round.signal.aborted ? OUT_OF_TIME : round.refusal);
  const ballot = await holdBallot(of, { ask, budget, spender, signal: round.signal, heldBack });
  const { outcome } = ballot;
  if (outcome.kind === "unanswered" && outcome.refusesAll) round.refusal = outcome;
  const by = { db, batchId, now: now() };
  if (outcome.kind === "answered") await saveAnswer(by, of, { ...ballot, answer: outcome });
  else await saveOpen(by, of, { ...ballot, why: outcome, attempts: of.attempts + 1 });
  return outcome;
}

const OUT_OF_TIME: Unanswered = { kind: "unanswered", error: "out-of-time" };
