/**
 * What models and people said, once per (repository, signature). A claim decides who asks: only the batch that inserted
 * or took over the row asks the model, whatever else is delivered at the same time. A person's word is never overwritten.
 */
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Question } from "../../../core/wire/model.ts";
import { decisions } from "../../../migrations/schema.ts";
import { type Answered, MAX_ASKING_AGE_MS, nextAttemptAt, type Unanswered } from "../model/outcome.ts";

export type DecisionRow = typeof decisions.$inferSelect;

export interface SignatureOf {
  readonly repoId: number;
  readonly signature: string;
}

export interface Claim extends SignatureOf {
  readonly question: Question;
}

/** The batch that claims and answers, and its moment. */
export interface Asker {
  readonly db: D1Database;
  readonly batchId: string;
  /** Unix milliseconds. */
  readonly now: number;
}

/** No answer, after this many attempts in all. */
export interface StillOpen extends Unanswered {
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

/** Claims signatures for this batch. Returns those it got: unseen ones, and open ones that had been given up. */
export async function claim(by: Asker, claims: readonly Claim[]): Promise<Claim[]> {
  if (claims.length === 0) return [];
  const json = JSON.stringify(claims.map((c) => ({ ...c, question: JSON.stringify(c.question) })));
  const got = await drizzle(by.db).all<{ repo_id: number; signature: string }>(sql`
    INSERT INTO ${decisions} (repo_id, signature, state, decided_by, question, claimed_by, attempts, next_attempt_at, created_at, updated_at)
    SELECT value ->> '$.repoId', value ->> '$.signature', 'asking', 'model', value ->> '$.question', ${by.batchId}, 0,
      ${by.now + CLAIM_LEASE_MS}, ${by.now}, ${by.now}
    FROM json_each(${json}) WHERE true
    ON CONFLICT (repo_id, signature) DO UPDATE SET state = 'asking', claimed_by = excluded.claimed_by, attempts = 0,
      next_attempt_at = excluded.next_attempt_at, created_at = excluded.created_at, updated_at = excluded.updated_at
      WHERE decisions.state = 'open' AND decisions.decided_by = 'model' AND decisions.next_attempt_at IS NULL
    RETURNING repo_id, signature`);
  const mine = new Set(got.map((row) => `${row.repo_id} ${row.signature}`));
  return claims.filter((c) => mine.has(`${c.repoId} ${c.signature}`));
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

/** Questions older than a day stay open and are asked no more, until their difference is seen again. */
async function giveUp({ db, now }: Asker): Promise<void> {
  await drizzle(db)
    .update(decisions)
    .set({ state: "open", nextAttemptAt: null, updatedAt: now })
    .where(
      sql`${decisions.state} IN ('asking', 'open') AND ${decisions.nextAttemptAt} <= ${now}
        AND ${decisions.createdAt} < ${now - MAX_ASKING_AGE_MS}`,
    );
}

/** Without a model nobody will answer: the rules' verdicts stand. */
export async function withdrawOpen(db: D1Database): Promise<number> {
  const gone = await drizzle(db)
    .delete(decisions)
    .where(sql`${decisions.state} IN ('asking', 'open') AND ${decisions.decidedBy} = 'model'`)
    .returning({ signature: decisions.signature });
  return gone.length;
}

export async function saveAnswer(by: Asker, of: SignatureOf, answer: Answered): Promise<void> {
  const { usage } = answer;
  await drizzle(by.db)
    .update(decisions)
    .set({
      state: "decided",
      decidedBy: "model",
      verdict: answer.verdict,
      reasoning: answer.reasoning,
      modelVersion: answer.modelVersion,
      attempts: sql`${decisions.attempts} + 1`,
      nextAttemptAt: null,
      lastError: null,
      inputTokens: sql`${decisions.inputTokens} + ${usage.inputTokens}`,
      outputTokens: sql`${decisions.outputTokens} + ${usage.outputTokens}`,
      cacheReadTokens: sql`${decisions.cacheReadTokens} + ${usage.cacheReadTokens}`,
      cacheWriteTokens: sql`${decisions.cacheWriteTokens} + ${usage.cacheWriteTokens}`,
      updatedAt: by.now,
    })
    .where(stillMine(of, by.batchId));
}

export async function saveOpen(by: Asker, of: SignatureOf, outcome: StillOpen): Promise<void> {
  await drizzle(by.db)
    .update(decisions)
    .set({
      state: "open",
      attempts: outcome.attempts,
      nextAttemptAt: nextAttemptAt(outcome.attempts, by.now),
      lastError: outcome.error,
      updatedAt: by.now,
    })
    .where(stillMine(of, by.batchId));
}

function stillMine(of: SignatureOf, batchId: string) {
  return sql`${decisions.repoId} = ${of.repoId} AND ${decisions.signature} = ${of.signature}
    AND ${decisions.claimedBy} = ${batchId} AND ${decisions.state} = 'asking'`;
}
