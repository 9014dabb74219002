/** Merged routes of a repository, and what was decided about the routes they were. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { DifferenceKind } from "../../../core/compare/difference.ts";
import { signatureOf } from "../../../core/compare/signature.ts";
import { decisions, drifts, routeAliases, shadowDeployments } from "../../../migrations/schema.ts";
import { type Database, isOneOf } from "./database.ts";

export type AliasRow = typeof routeAliases.$inferSelect;

/** Rows that a page shows; one proposal has 200 at most. */
const MAX_ALIASES = 5_000;

export async function readAliases(db: Database, repoId: number): Promise<readonly AliasRow[]> {
  const t = routeAliases;
  return db.select().from(t).where(eq(t.repoId, repoId)).orderBy(asc(t.target), asc(t.route)).limit(MAX_ALIASES);
}

export interface AliasChange {
  readonly repoId: number;
  readonly target: string;
  readonly routes: readonly string[];
  readonly state: "accepted" | "refused";
  readonly now: number;
}

/** Repeating it changes nothing. */
export async function setAliases(db: Database, { repoId, target, routes, state, now }: AliasChange): Promise<void> {
  await db.run(sql`INSERT INTO ${routeAliases} (repo_id, route, target, state, updated_at)
    SELECT ${repoId}, value, ${target}, ${state}, ${now} FROM json_each(${JSON.stringify(routes)}) WHERE true
    ON CONFLICT (repo_id, route) DO UPDATE SET target = excluded.target, state = excluded.state, updated_at = excluded.updated_at`);
}

/** Signatures that are moved at once; a route with more drifts is another program. */
const MAX_MOVED = 5_000;

/**
 * What people and models decided about the merged routes holds for the target: each decision is copied to the signature that
 * the same drift has there. Of several, a person's word goes first, then the worst; a decision that is there already stays.
 */
export async function carryDecisions(db: Database, { repoId, target, routes, now }: AliasChange): Promise<number> {
  const rows = await db
    .selectDistinct({
      route: drifts.route,
      rule: drifts.rule,
      pattern: drifts.pattern,
      kind: drifts.kind,
      from: drifts.signature,
    })
    .from(drifts)
    .innerJoin(shadowDeployments, eq(shadowDeployments.id, drifts.deploymentId))
    .where(and(eq(shadowDeployments.repoId, repoId), isOneOf(drifts.route, routes)))
    .limit(MAX_MOVED);
  const moves = rows.flatMap(({ route, rule, pattern, kind, from }) => {
    // The consumer wrote the kind; the row's type is wider.
    const parts = { rule, pattern, kind: kind as DifferenceKind | null };
    // A pattern that was cut for the row no longer tells its signature.
    return signatureOf({ ...parts, route }) === from ? [{ from, to: signatureOf({ ...parts, route: target }) }] : [];
  });
  const { meta } = await db.run(copyStatement(repoId, moves, now));
  return meta.changes;
}

function copyStatement(repoId: number, moves: readonly { readonly from: string; readonly to: string }[], now: number) {
  return sql`INSERT INTO ${decisions} (repo_id, signature, state, decided_by, verdict, reasoning, votes, model_version, question,
      claimed_by, attempts, created_at, updated_at)
    SELECT repo_id, moved_to, state, decided_by, verdict, reasoning, votes, model_version, question, claimed_by, attempts,
      created_at, ${now}
    FROM (SELECT d.*, m.value ->> '$.to' AS moved_to, row_number() OVER (
        PARTITION BY m.value ->> '$.to'
        ORDER BY d.decided_by = 'person' DESC, CASE d.verdict WHEN 'Critical' THEN 0 WHEN 'Warning' THEN 1 ELSE 2 END, d.signature
      ) AS place
      FROM json_each(${JSON.stringify(moves)}) AS m
      JOIN decisions AS d ON d.repo_id = ${repoId} AND d.signature = m.value ->> '$.from' AND d.state = 'decided')
    WHERE place = 1 ON CONFLICT DO NOTHING`;
}
