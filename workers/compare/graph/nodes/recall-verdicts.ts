/**
 * recall_verdicts: what models and people said before about the batch's signatures, one query for all; then claims the
 * ambiguous ones nobody has judged. Without a model nothing is claimed and the rules' verdicts stand.
 */
import { isAmbiguous } from "../../../../core/compare/finding.ts";
import type { Decision } from "../../../../core/verdict/decision.ts";
import { questionOf } from "../../../../core/verdict/question.ts";
import { type Claim, claim, type DecisionRow, decisionsOn, type SignatureOf } from "../../record/decisions.ts";
import { type Batch, type BatchUpdate, type NodeRuntime, type Said, saidKey, surroundingsOf } from "../state.ts";

/** Questions of one batch. A document that changed altogether has more; they are asked when they are seen again. */
const MAX_QUESTIONS = 24;

export async function recallVerdictsNode(state: Batch, runtime: NodeRuntime): Promise<BatchUpdate> {
  const { db, ask, batchId, now } = surroundingsOf(runtime);
  const rows = await decisionsOn(db, countingSignatures(state));
  const seen = new Set(rows.filter((row) => !givenUp(row)).map((row) => saidKey(row.repoId, row.signature)));
  const unseen = ask === null ? [] : questions(state, seen);
  const claims = await claim({ db, batchId, now: now() }, unseen);
  const said = saidBy(rows);
  const open = new Set([...said.open, ...unseen.map((q) => saidKey(q.repoId, q.signature))]);
  return { said: { decisions: said.decisions, open }, claims };
}

export function nothingNew(state: Batch): boolean {
  return state.claims.length === 0;
}

/** Rows as decisions, and as the questions that have no answer. */
export function saidBy(rows: readonly DecisionRow[]): Said {
  const decisions = new Map<string, Decision>();
  const open = new Set<string>();
  for (const row of rows) {
    const key = saidKey(row.repoId, row.signature);
    if (row.state !== "decided" || row.verdict === null) open.add(key);
    else decisions.set(key, decisionOf(row, row.verdict));
  }
  return { decisions, open };
}

function decisionOf(row: DecisionRow, verdict: Decision["verdict"]): Decision {
  return { verdict, decidedBy: row.decidedBy, modelVersion: row.modelVersion, reasoning: row.reasoning ?? "" };
}

/** Open, and asked no more: the difference is here again, so it may be asked again. */
function givenUp(row: DecisionRow): boolean {
  return row.state === "open" && row.nextAttemptAt === null;
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
function questions(state: Batch, seen: ReadonlySet<string>): Claim[] {
  const asked = new Map<string, Claim>();
  for (const { captured, case: c } of state.items)
    for (const finding of c.findings.filter(isAmbiguous)) {
      const key = saidKey(captured.repoId, finding.signature);
      if (seen.has(key) || asked.has(key) || asked.size === MAX_QUESTIONS) continue;
      asked.set(key, { repoId: captured.repoId, signature: finding.signature, question: questionOf(c, finding) });
    }
  return [...asked.values()];
}
