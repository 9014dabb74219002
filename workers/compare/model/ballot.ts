/**
 * Asks one question as often as it takes: once, or until two of three agree where the model's opinion alone would block.
 * Each call is reserved from the budgets first. What was said before a call failed is kept, and counts when asked again.
 */

import type { Severity } from "../../../core/verdict/severity.ts";
import { countVotes } from "../../../core/verdict/votes.ts";
import type { Question } from "../../../core/wire/model.ts";
import { type CallBudget, reserveCall, type Spender, spendTokens, untilTomorrow } from "../record/model-usage.ts";
import type { Ask } from "./ask.ts";
import { type Answered, addUsage, NO_USAGE, type Outcome, type Unanswered, type Usage } from "./outcome.ts";

export interface Voter {
  readonly ask: Ask;
  readonly budget: CallBudget;
  readonly spender: Spender;
  readonly signal: AbortSignal;
  /** Why nobody is asked just now, or null. */
  readonly heldBack: () => Unanswered | null;
}

/** A question with the answers it already has. */
export interface Asked {
  readonly question: Question;
  readonly votes: readonly Severity[];
}

export interface Ballot {
  readonly outcome: Outcome;
  /** All answers, in order of arrival. */
  readonly votes: readonly Severity[];
  /** Of all calls together. */
  readonly usage: Usage;
}

export async function holdBallot(asked: Asked, voter: Voter, usage = NO_USAGE): Promise<Ballot> {
  const { question } = asked;
  const outcome = await callOnce(question, voter);
  if (outcome.kind === "unanswered") return { outcome, votes: asked.votes, usage };
  const votes = [...asked.votes, outcome.verdict];
  const spent = addUsage(usage, outcome.usage);
  const count = countVotes(votes, question.severity);
  if (count.kind === "ask-again") return holdBallot({ question, votes }, voter, spent);
  return { outcome: decided(outcome, count, votes), votes, usage: spent };
}

async function callOnce(question: Question, { ask, budget, spender, signal, heldBack }: Voter): Promise<Outcome> {
  const held = heldBack();
  if (held !== null) return held;
  const spent = await reserveCall(spender, budget);
  if (spent !== null) return { kind: "unanswered", error: spent, retryAfterMs: untilTomorrow(spender.now) };
  const outcome = await ask(question, signal);
  if (outcome.kind === "answered") await spendTokens(spender, outcome.usage);
  return outcome;
}

function decided(
  last: Answered,
  { verdict, agreed }: { readonly verdict: Severity; readonly agreed: boolean },
  votes: readonly Severity[],
): Answered {
  if (agreed) return { ...last, verdict };
  const reasoning = `The model's answers disagree (${votes.join(", ")}), so the rule's severity stands.`;
  return { ...last, verdict, reasoning };
}
