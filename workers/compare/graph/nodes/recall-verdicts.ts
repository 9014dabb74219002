/**
 * recall_verdicts: what models and people said before about the batch's signatures, one query for all; then claims the
 * ambiguous ones nobody has judged. Without a model nothing is claimed and the rules' verdicts stand.
 */
import { isAmbiguous } from "../../../../core/compare/finding.ts";
import type { Decision } from "../../../../core/verdict/decision.ts";
import { questionOf } from "../../../../core/verdict/question.ts";
import { questionNote } from "../../../../core/verdict/question-note.ts";
import {
  type Claim,
  claim,
  type DecisionRow,
  decisionsOn,
  isClaimable,
  type SignatureOf,
} from "../../record/decisions.ts";
import { type Batch, type BatchUpdate, type NodeRuntime, type Said, saidKey, surroundingsOf } from "../state.ts";

/** Questions that one batch asks itself; more would hold its messages up. */
const MAX_ASKED = 24;

/**
 * Questions that one batch keeps for the cron beside its own: 60 of at most 22 KB fit a parameter of 2,000,000 B. A document
 * that changed altogether has more; they are kept when they are seen again.
 */
const MAX_KEPT = 36;

export async function recallVerdictsNode(state: Batch, runtime: NodeRuntime): Promise<BatchUpdate> {
  const { db, model, batchId, now } = surroundingsOf(runtime);
  const rows = await decisionsOn(db, countingSignatures(state));
  const unseen = model === null ? [] : questions(state, rowsByKey(rows), now());
  const claims = await claim({ db, batchId, now: now() }, unseen.slice(0, MAX_ASKED), unseen.slice(MAX_ASKED));
  const said = saidBy(rows);
  const keys = unseen.map((q) => saidKey(q.repoId, q.signature));
  const open = new Set([...said.open, ...keys.filter((key) => !said.unavailable.has(key))]);
  return { said: { ...said, open }, claims };
}

export function nothingNew(state: Batch): boolean {
  return state.claims.length === 0;
}

/** Rows as decisions, and as the questions that have no answer. */
export function saidBy(rows: readonly DecisionRow[]): Said {
  const decisions = new Map<string, Decision>();
  const open = new Set<string>();
  const unavailable = new Map<string, string>();
  for (const row of rows) {
    const key = saidKey(row.repoId, row.signature);
    if (row.state === "unavailable") unavailable.set(key, questionNote(row.state, row.lastError) ?? "");
    else if (row.state !== "decided" || row.verdict === null) open.add(key);
    else decisions.set(key, decisionOf(row, row.verdict));
  }
  return { decisions, open, unavailable };
}

function decisionOf(row: DecisionRow, verdict: Decision["verdict"]): Decision {
  return { verdict, decidedBy: row.decidedBy, modelVersion: row.modelVersion, reasoning: row.reasoning ?? "" };
}

function rowsByKey(rows: readonly DecisionRow[]): ReadonlyMap<string, DecisionRow> {
  return new Map(rows.map((row) => [saidKey(row.repoId, row.signature), row]));
}

/** People may decide on any finding, so all that count are looked up, not only the ambiguous ones. */
function countingSignatures(state: Batch): SignatureOf[] {
  const wanted = new Map<string, SignatureOf>();
  for (const { captured, case: c } of state.items)
    for (const { noise, signature } of c.findings)
      if (noise === null) wanted.set(saidKey(captured.repoId, signature), { repoId: captured.repoId, signature });
  return [...wanted.values()];
}

/** One question per ambiguous signature that nobody was asked about, from the first pair that shows it. */
function questions(state: Batch, rows: ReadonlyMap<string, DecisionRow>, now: number): Claim[] {
  const asked = new Map<string, Claim>();
  for (const { captured, case: c } of state.items)
    for (const finding of c.findings.filter(isAmbiguous)) {
      if (asked.size === MAX_ASKED + MAX_KEPT) return [...asked.values()];
      const { repoId, deploymentId } = captured;
      const { signature } = finding;
      const key = saidKey(repoId, signature);
      const row = rows.get(key);
      if (asked.has(key) || (row !== undefined && !isClaimable(row, captured, now))) continue;
      asked.set(key, { repoId, deploymentId, signature, question: questionOf(c, finding) });
    }
  return [...asked.values()];
}
