/**
 * Budgets of calls: one for the life of a deployment, one for a repository and day (UTC). A call is reserved before it is
 * made, both budgets in one statement, so that no number of consumers at once can exceed either.
 */
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { BUDGET_ERRORS, type BudgetError } from "../../../core/verdict/question-note.ts";
import { modelUsage } from "../../../migrations/schema.ts";
import type { Usage } from "../model/outcome.ts";

/** Calls. 0 asks nothing. */
export interface CallBudget {
  readonly perDeployment: number;
  readonly perRepositoryAndDay: number;
}

/** For whom a call is made, and when. */
export interface Spender {
  readonly db: D1Database;
  readonly deploymentId: string;
  readonly repoId: number;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Counts one call against both budgets, or says which of them is used up and counts nothing. */
export async function reserveCall(spender: Spender, budget: CallBudget): Promise<BudgetError | null> {
  const scopes = scopesOf(spender);
  const json = JSON.stringify([
    { ...scopes.deployment, budget: budget.perDeployment },
    { ...scopes.repository, budget: budget.perRepositoryAndDay },
  ]);
  const full = sql`SELECT 1 FROM json_each(${json}) AS w
    LEFT JOIN model_usage AS u ON u.scope = w.value ->> '$.scope' AND u.day = w.value ->> '$.day'
    WHERE coalesce(u.calls, 0) >= w.value ->> '$.budget'`;
  const reserved = await drizzle(spender.db).all(sql`
    INSERT INTO ${modelUsage} (scope, day, calls, input_tokens, output_tokens)
    SELECT value ->> '$.scope', value ->> '$.day', 1, 0, 0 FROM json_each(${json}) WHERE NOT EXISTS (${full})
    ON CONFLICT (scope, day) DO UPDATE SET calls = model_usage.calls + 1 RETURNING scope`);
  if (reserved.length > 0) return null;
  return (await isFull(spender, budget.perDeployment)) ? BUDGET_ERRORS[0] : BUDGET_ERRORS[1];
}

/** Adds what the calls took. */
export async function spendTokens(spender: Spender, usage: Usage): Promise<void> {
  const input = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  if (input + usage.outputTokens === 0) return;
  const json = JSON.stringify(Object.values(scopesOf(spender)));
  await drizzle(spender.db).run(sql`
    UPDATE ${modelUsage} SET input_tokens = input_tokens + ${input}, output_tokens = output_tokens + ${usage.outputTokens}
    WHERE (scope, day) IN (SELECT value ->> '$.scope', value ->> '$.day' FROM json_each(${json}))`);
}

/** Milliseconds until the day's budget is a new one. */
export function untilTomorrow(now: number): number {
  return DAY_MS - (now % DAY_MS);
}

const DAY_MS = 24 * 60 * 60 * 1000;

function scopesOf({ deploymentId, repoId, now }: Spender) {
  const day = new Date(now).toISOString().slice(0, 10);
  return { deployment: { scope: deploymentId, day: "" }, repository: { scope: `repo:${repoId}`, day } };
}

async function isFull(spender: Spender, limit: number): Promise<boolean> {
  const { scope, day } = scopesOf(spender).deployment;
  const [row] = await drizzle(spender.db)
    .select({ calls: modelUsage.calls })
    .from(modelUsage)
    .where(sql`${modelUsage.scope} = ${scope} AND ${modelUsage.day} = ${day}`);
  return (row?.calls ?? 0) >= limit;
}
