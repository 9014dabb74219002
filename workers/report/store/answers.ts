/**
 * Answers that are worked out once and kept for as long as nothing they are made of changes: triggers count each change of a deployment's rows
 * and of its repository's decisions and merges (`migrations/answer-tables.ts`), and an answer holds while those counts are what they were
 * BEFORE its rows were read. Each upload of the code works answers out anew: whatever was changed in it, none says what another kept. Only what
 * the database alone says may be kept: nothing of the bucket, of registries or of the time.
 */
import { sql } from "drizzle-orm";
import { answers, answerVersions } from "../../../migrations/answer-tables.ts";
import { shadowDeployments } from "../../../migrations/schema.ts";
import type { Database } from "./database.ts";

/**
 * Longer ones are worked out each time: rows and bound parameters hold 2,000,000 B at most (https://developers.cloudflare.com/d1/platform/limits/).
 */
const MAX_BYTES = 1_900_000;

type Kind = (typeof answers.$inferSelect)["kind"];

export interface KeptAnswer {
  readonly deploymentId: string;
  /** To be kept with what is worked out of rows that are read after this. */
  readonly version: string;
  /** JSON; null where it is not known or holds no more. */
  readonly body: string | null;
}

/** One query. Of deployments that there are. */
export async function readAnswers(db: Database, kind: Kind, ids: readonly string[]): Promise<readonly KeptAnswer[]> {
  const version = sql`${db.upload} || '.' || coalesce(own.version, 0) || '.' || coalesce(repository.version, 0)`;
  return db.all<KeptAnswer>(sql`
    SELECT d.id AS deploymentId, ${version} AS version, CASE WHEN a.version = ${version} THEN a.body END AS body
    FROM json_each(${JSON.stringify(ids)}) AS wanted CROSS JOIN ${shadowDeployments} AS d ON d.id = wanted.value
    LEFT JOIN ${answerVersions} AS own ON own.scope = d.id
    LEFT JOIN ${answerVersions} AS repository ON repository.scope = 'repo:' || d.repo_id
    LEFT JOIN ${answers} AS a ON a.deployment_id = d.id AND a.kind = ${kind}`);
}

/** As it was kept, however much has changed since: for those who rather say what is some pairs old than make a reader wait. */
export interface AgingAnswer extends KeptAnswer {
  /** Changes since it was kept; 0: it holds. */
  readonly behind: number;
}

/**
 * One query. Answers that merged routes and the deployment's own rows make alone: no decision is in them, so none of the many that a model
 * takes makes them old. What other code kept is not given.
 */
export async function readAgingAnswers(
  db: Database,
  kind: Kind,
  ids: readonly string[],
): Promise<readonly AgingAnswer[]> {
  const { upload } = db;
  const rows = await db.all<KeptAnswer & { readonly changes: number; readonly keptVersion: string | null }>(sql`
    SELECT d.id AS deploymentId, ${upload} || '.' || (coalesce(own.version, 0) + coalesce(merges.version, 0)) AS version,
      coalesce(own.version, 0) + coalesce(merges.version, 0) AS changes, a.version AS keptVersion, a.body
    FROM json_each(${JSON.stringify(ids)}) AS wanted CROSS JOIN ${shadowDeployments} AS d ON d.id = wanted.value
    LEFT JOIN ${answerVersions} AS own ON own.scope = d.id
    LEFT JOIN ${answerVersions} AS merges ON merges.scope = 'merges:' || d.repo_id
    LEFT JOIN ${answers} AS a ON a.deployment_id = d.id AND a.kind = ${kind} AND a.version GLOB ${upload} || '.*'`);
  return rows.map(({ changes, keptVersion, ...answer }) => ({
    ...answer,
    behind: keptVersion === null ? changes : changes - Number(keptVersion.slice(upload.length + 1)),
  }));
}

/** Null where there is no such deployment. */
export async function readAnswer(db: Database, kind: Kind, id: string): Promise<KeptAnswer | null> {
  const [answer] = await readAnswers(db, kind, [id]);
  return answer ?? null;
}

/** What probe runs alone say: all trends of the default branch with so many runs (`50`), a page of their overview, names. */
export async function readTrendsAnswer(db: Database, deploymentId: string): Promise<KeptAnswer> {
  const version = sql`${db.upload} || '.' || coalesce((SELECT version FROM ${answerVersions} WHERE scope = 'probes'), 0)`;
  const [answer] = await db.all<Omit<KeptAnswer, "deploymentId">>(sql`
    SELECT now.version, a.body FROM (SELECT ${version} AS version) AS now
    LEFT JOIN ${answers} AS a ON a.deployment_id = ${deploymentId} AND a.kind = 'trends' AND a.version = now.version`);
  if (answer === undefined) throw new Error("a select without a table gave no row");
  return { deploymentId, ...answer };
}

/** A write on reading, but a cache's: it repeats itself. */
export async function keepAnswers(db: Database, kind: Kind, fresh: readonly KeptAnswer[]): Promise<void> {
  const rows = fresh.filter(({ body }) => body !== null && new TextEncoder().encode(body).length <= MAX_BYTES);
  const [first, ...others] = rows.map(({ deploymentId, version, body }) =>
    db
      .insert(answers)
      .values({ deploymentId, kind, version, body: body ?? "" })
      .onConflictDoUpdate({
        target: [answers.deploymentId, answers.kind],
        set: { version: sql`excluded.version`, body: sql`excluded.body` },
      }),
  );
  if (first !== undefined) await db.batch([first, ...others]);
}
