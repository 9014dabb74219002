/**
 * What models and people said, once per (repository, signature). A claim decides who asks: only the batch that inserted
 * or took over the row asks the model, whatever else is delivered at the same time. A person's word is never overwritten.
 */
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { BUDGET_ERRORS } from "../../../core/verdict/question-note.ts";
import type { Severity } from "../../../core/verdict/severity.ts";
import type { Question } from "../../../core/wire/model.ts";
import { decisions } from "../../../migrations/schema.ts";
import {
  type Answered,
  LONGEST_WAIT_MS,
  MAX_ASKING_AGE_MS,
  nextAttemptAt,
  type Unanswered,
  type Usage,
} from "../model/outcome.ts";

export type DecisionRow = typeof decisions.$inferSelect;

export interface SignatureOf {
  readonly repoId: number;
  readonly signature: string;
}

export interface Claim extends SignatureOf {
  /** Whose budget the calls are counted against. */
  readonly deploymentId: string;
  readonly question: Question;
}

/** The batch that claims and answers, and its moment. */
export interface Asker {
  readonly db: D1Database;
  readonly batchId: string;
  /** Unix milliseconds. */
  readonly now: number;
}

/** What asking took, whatever came of it. */
interface Took {
  /** All answers so far, in order of arrival. */
  readonly votes: readonly Severity[];
  readonly usage: Usage;
}

export interface Answer extends Took {
  readonly answer: Answered;
}

/** No answer, after this many attempts in all. */
export interface StillOpen extends Took {
  readonly why: Unanswered;
  readonly attempts: number;
}

/** How long a claim may go without an answer before another batch or the retry takes it over. */
const CLAIM_LEASE_MS = 120_000;

/** Signatures of one query: some 50 B each, and a parameter may have 2,000,000 B (https://developers.cloudflare.com/d1/platform/limits/). */
const MAX_WANTED = 10_000;

/** All decisions on the given signatures, of any state. A batch of documents that changed altogether has many thousands. */
export async function decisionsOn(db: D1Database, wanted: readonly SignatureOf[]): Promise<DecisionRow[]> {
  const found: DecisionRow[] = [];
  for (let start = 0; start < wanted.length; start += MAX_WANTED)
    found.push(...(await decisionsOnSome(db, wanted.slice(start, start + MAX_WANTED))));
  return found;
}

function decisionsOnSome(db: D1Database, wanted: readonly SignatureOf[]): Promise<DecisionRow[]> {
  const json = JSON.stringify(wanted);
  return drizzle(db)
    .select()
    .from(decisions)
    .where(
      sql`(${decisions.repoId}, ${decisions.signature}) IN
        (SELECT value ->> '$.repoId', value ->> '$.signature' FROM json_each(${json}))`,
    );
}

/**
 * Whether a batch may claim a signature that has a row: one nobody answered in a day, once in a while; and one that another
 * deployment had no calls left for. The claim itself holds the row against the same again.
 */
export function isClaimable(row: DecisionRow, { deploymentId }: Pick<Claim, "deploymentId">, now: number): boolean {
  if (row.state === "unavailable") return row.updatedAt <= now - LONGEST_WAIT_MS;
  return (
    row.state === "open" && row.lastError === BUDGET_ERRORS[0] && !row.question.startsWith(keptStart(deploymentId))
  );
}

/**
 * Claims signatures for this batch; those it got are returned, and only this batch asks about them. The `later` ones are
 * stored as due, and the cron asks. A question that was unavailable keeps its age: one more failure and it is again.
 */
export async function claim(by: Asker, claims: readonly Claim[], later: readonly Claim[] = []): Promise<Claim[]> {
  if (claims.length + later.length === 0) return [];
  const rows = [...claims.map((c) => claimRow(c, "asking")), ...later.map((c) => claimRow(c, "open"))];
  const got = await drizzle(by.db).all<{ repo_id: number; signature: string }>(sql`
    INSERT INTO ${decisions} (repo_id, signature, state, decided_by, question, claimed_by, attempts, next_attempt_at, created_at, updated_at)
    SELECT value ->> '$.repoId', value ->> '$.signature', value ->> '$.state', 'model', value ->> '$.question', ${by.batchId}, 0,
      iif(value ->> '$.state' = 'asking', ${by.now + CLAIM_LEASE_MS}, ${by.now}), ${by.now}, ${by.now}
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (repo_id, signature) DO UPDATE SET state = excluded.state, claimed_by = excluded.claimed_by, attempts = 0,
      question = excluded.question, next_attempt_at = excluded.next_attempt_at, updated_at = excluded.updated_at,
      created_at = iif(decisions.state = 'open', excluded.created_at, decisions.created_at)
      WHERE decisions.decided_by = 'model' AND (
        (decisions.state = 'unavailable' AND decisions.updated_at <= ${by.now - LONGEST_WAIT_MS}) OR
        (decisions.state = 'open' AND decisions.last_error = ${BUDGET_ERRORS[0]}
          AND decisions.question ->> '$.deploymentId' <> excluded.question ->> '$.deploymentId'))
    RETURNING repo_id, signature`);
  const mine = new Set(got.map((row) => `${row.repo_id} ${row.signature}`));
  return claims.filter((c) => mine.has(`${c.repoId} ${c.signature}`));
}

function claimRow({ repoId, signature, deploymentId, question }: Claim, state: "asking" | "open") {
  return { repoId, signature, state, question: JSON.stringify({ deploymentId, question }) };
}

/** How a kept question of this deployment begins. */
function keptStart(deploymentId: string): string {
  return `${JSON.stringify({ deploymentId }).slice(0, -1)},`;
}

/** Takes over open questions that are due, and claims whose batch died, for at most a day after they were first asked. */
export async function claimDue(by: Asker, limit: number): Promise<DecisionRow[]> {
  await giveUp(by);
  const due = sql`SELECT rowid FROM decisions WHERE state IN ('asking', 'open') AND next_attempt_at <= ${by.now}
    ORDER BY next_attempt_at LIMIT ${limit}`;
  return drizzle(by.db)
    .update(decisions)
    .set({ state: "asking", claimedBy: by.batchId, nextAttemptAt: by.now + CLAIM_LEASE_MS, updatedAt: by.now })
    .where(sql`rowid IN (${due})`)
    .returning();
}

/** Questions without an answer for a day: the rules' verdicts stand. */
async function giveUp({ db, now }: Asker): Promise<void> {
  await drizzle(db)
    .update(decisions)
    .set({ state: "unavailable", nextAttemptAt: null, updatedAt: now })
    .where(
      sql`(${decisions.state} = 'open' OR (${decisions.state} = 'asking' AND ${decisions.nextAttemptAt} <= ${now}))
        AND ${decisions.createdAt} <= ${now - MAX_ASKING_AGE_MS}`,
    );
}

/** A kept question that can no longer be read: nobody can ask it. */
export async function saveUnreadable(by: Asker, of: SignatureOf): Promise<void> {
  await drizzle(by.db)
    .update(decisions)
    .set({ state: "unavailable", nextAttemptAt: null, lastError: "unreadable-question", updatedAt: by.now })
    .where(stillMine(of, by.batchId));
}

/** Without a model nobody will answer: the rules' verdicts stand. */
export async function withdrawOpen(db: D1Database): Promise<number> {
  const gone = await drizzle(db)
    .delete(decisions)
    .where(sql`${decisions.state} IN ('asking', 'open', 'unavailable') AND ${decisions.decidedBy} = 'model'`)
    .returning({ signature: decisions.signature });
  return gone.length;
}

export async function saveAnswer(by: Asker, of: SignatureOf, { answer, ...took }: Answer): Promise<void> {
  await drizzle(by.db)
    .update(decisions)
    .set({
      ...spent(took),
      state: "decided",
      decidedBy: "model",
      verdict: answer.verdict,
      reasoning: answer.reasoning,
      modelVersion: answer.modelVersion,
      attempts: sql`${decisions.attempts} + 1`,
      nextAttemptAt: null,
      lastError: null,
      updatedAt: by.now,
    })
    .where(stillMine(of, by.batchId));
}

/** To be asked again; or, after a day, no more. */
export async function saveOpen(by: Asker, of: SignatureOf, { why, attempts, ...took }: StillOpen): Promise<void> {
  const tooOld = sql`${decisions.createdAt} <= ${by.now - MAX_ASKING_AGE_MS}`;
  await drizzle(by.db)
    .update(decisions)
    .set({
      ...spent(took),
      state: sql`iif(${tooOld}, 'unavailable', 'open')`,
      attempts,
      nextAttemptAt: sql`iif(${tooOld}, NULL, ${nextAttemptAt(attempts, by.now, why.retryAfterMs)})`,
      lastError: why.error,
      updatedAt: by.now,
    })
    .where(stillMine(of, by.batchId));
}

function spent({ votes, usage }: Took) {
  return {
    votes: [...votes],
    inputTokens: sql`${decisions.inputTokens} + ${usage.inputTokens}`,
    outputTokens: sql`${decisions.outputTokens} + ${usage.outputTokens}`,
    cacheReadTokens: sql`${decisions.cacheReadTokens} + ${usage.cacheReadTokens}`,
    cacheWriteTokens: sql`${decisions.cacheWriteTokens} + ${usage.cacheWriteTokens}`,
  };
}

function stillMine(of: SignatureOf, batchId: string) {
  return sql`${decisions.repoId} = ${of.repoId} AND ${decisions.signature} = ${of.signature}
    AND ${decisions.claimedBy} = ${batchId} AND ${decisions.state} = 'asking'`;
}
