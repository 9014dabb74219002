/** A pair's verdict in words: the rules' own sentence, or whose word took its place. */
import type { Decider, Verdict } from "../verdict/severity.ts";
import { type Decisions, standingOf, type VerdictGroup } from "./standing.ts";

export interface PairVerdict {
  readonly verdict: Verdict;
  readonly decidedBy: Decider;
  readonly modelVersion: string | null;
  readonly reasoning: string;
}

/** The rules' sentence names the worst findings; one of them may since have been moved, and another decides now. */
const OVERRULED = "Some of these findings were judged otherwise since.";

/** `reasoning` is what rules said of the pair. */
export function pairVerdict(row: VerdictGroup & { readonly reasoning: string }, decisions: Decisions): PairVerdict {
  const { verdict, decidedBy, signature } = standingOf(row, decisions);
  if (signature !== null && verdict === "Undecided" && decisions.open.has(signature)) {
    const note = decisions.notes.get(signature) ?? "A model was asked and has not answered yet.";
    return { verdict, decidedBy, modelVersion: null, reasoning: `${note} The rules say: ${row.reasoning}` };
  }
  const decision = signature === null || decidedBy === "rule" ? undefined : decisions.decided.get(signature);
  const overruled = decision === undefined && verdict !== row.verdict ? [OVERRULED] : [];
  const reasoning = [row.reasoning, ...overruled, ...unavailableNote(signature, decisions)].join(" ");
  return {
    verdict,
    decidedBy,
    modelVersion: decision?.modelVersion ?? null,
    reasoning: decision?.reasoning || reasoning,
  };
}

function unavailableNote(signature: string | null, { unavailable, notes }: Decisions): readonly string[] {
  if (signature === null || !unavailable.has(signature)) return [];
  return [notes.get(signature) ?? ""];
}
