/** semantic_analysis: asks the model once for each signature this batch claimed; an answer or an open question is stored at once. */
import type { Decision } from "../../../../core/verdict/decision.ts";
import { askAll } from "../../model/ask-all.ts";
import { type Batch, type BatchUpdate, type NodeRuntime, saidKey, surroundingsOf } from "../state.ts";

export async function semanticAnalysisNode(state: Batch, runtime: NodeRuntime): Promise<BatchUpdate> {
  const { db, ask, batchId, now } = surroundingsOf(runtime);
  if (ask === null) return {};
  const decisions = new Map(state.said.decisions);
  const open = new Set(state.said.open);
  const waiting = state.claims.map((claim) => ({ ...claim, attempts: 0 }));
  for (const { of, outcome } of await askAll(waiting, { db, ask, batchId, now })) {
    if (outcome.kind === "unanswered") continue;
    const { verdict, modelVersion, reasoning } = outcome;
    const decision: Decision = { verdict, decidedBy: "model", modelVersion, reasoning };
    decisions.set(saidKey(of.repoId, of.signature), decision);
    open.delete(saidKey(of.repoId, of.signature));
  }
  return { said: { decisions, open } };
}
