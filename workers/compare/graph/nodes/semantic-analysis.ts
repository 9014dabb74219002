/** semantic_analysis: asks the model about each signature this batch claimed; an answer or an open question is stored at once. */
import type { Decision } from "../../../../core/verdict/decision.ts";
import { askAll } from "../../model/ask-all.ts";
import { type Batch, type BatchUpdate, type NodeRuntime, saidKey, surroundingsOf } from "../state.ts";

export async function semanticAnalysisNode(state: Batch, runtime: NodeRuntime): Promise<BatchUpdate> {
  const { db, model, batchId, now } = surroundingsOf(runtime);
  if (model === null) return {};
  const decisions = new Map(state.said.decisions);
  const open = new Set(state.said.open);
  const unavailable = new Map(state.said.unavailable);
  const waiting = state.claims.map((claim) => ({ ...claim, attempts: 0, votes: [] }));
  for (const { of, outcome } of await askAll(waiting, { db, model, batchId, now })) {
    if (outcome.kind === "unanswered") continue;
    const { verdict, modelVersion, reasoning } = outcome;
    const decision: Decision = { verdict, decidedBy: "model", modelVersion, reasoning };
    const key = saidKey(of.repoId, of.signature);
    decisions.set(key, decision);
    open.delete(key);
    unavailable.delete(key);
  }
  return { said: { decisions, open, unavailable } };
}
