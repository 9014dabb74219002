/** Rows of pairs with their stored verdicts. */
import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { VerdictGroup } from "../../../core/report/standing.ts";
import { responsePairs, shadowDeployments, verdicts } from "../../../migrations/schema.ts";
import { type Database, oneMore } from "./database.ts";

const p = responsePairs;
const v = verdicts;

/** What a line of the list needs; findings are read for one pair only. */
const LINE = {
  id: p.id,
  deploymentId: p.deploymentId,
  route: p.route,
  method: p.method,
  path: p.path,
  capturedAt: p.capturedAt,
  prodStatus: p.prodStatus,
  shadowStatus: p.shadowStatus,
  shadowFailed: p.shadowFailed,
  prodLatencyMs: p.prodLatencyMs,
  shadowLatencyMs: p.shadowLatencyMs,
  equal: p.equal,
  verdict: v.verdict,
  reasoning: v.reasoning,
  signatures: v.signatures,
} as const;

export interface PairSelection {
  readonly deploymentId: string;
  readonly route?: string | undefined;
  /** Only pairs of these groups; undefined for all. */
  readonly groups?: readonly VerdictGroup[] | undefined;
  /** Only pairs older than this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export type PairLine = Awaited<ReturnType<typeof readPairs>>[number];

/** Newest first (ids grow with time), with one row more than asked for. */
export async function readPairs(db: Database, selection: PairSelection) {
  const chosen =
    selection.groups === undefined ? conditionsOf(selection) : [sql`${p.id} IN (${idsOfGroups(selection)})`];
  return db
    .select(LINE)
    .from(p)
    .innerJoin(v, eq(v.pairId, p.id))
    .where(and(...chosen))
    .orderBy(desc(p.id))
    .limit(oneMore(selection.limit));
}

function conditionsOf({ deploymentId, route, after }: PairSelection): readonly SQL[] {
  const conditions = [eq(p.deploymentId, deploymentId)];
  if (route !== undefined) conditions.push(eq(p.route, route));
  if (after !== undefined) conditions.push(lt(p.id, after));
  return conditions;
}

/**
 * The ids of one page of the chosen groups, from the index on signatures alone. The page is cut here, before any row is
 * read: most pairs of a deployment share one group, and all their rows would be read to sort out fifty.
 */
function idsOfGroups({ deploymentId, route, groups, after, limit }: PairSelection): SQL {
  const wanted = JSON.stringify((groups ?? []).map(({ signatures, verdict }) => [signatures, verdict]));
  const older = after === undefined ? sql`` : sql`AND ${v.pairId} < ${after}`;
  const onRoute =
    route === undefined
      ? sql``
      : sql`AND EXISTS (SELECT 1 FROM ${p} AS r WHERE r.id = ${v.pairId} AND r.route = ${route})`;
  return sql`SELECT ${v.pairId} FROM json_each(${wanted}) AS g CROSS JOIN ${v}
    WHERE ${v.deploymentId} = ${deploymentId} AND ${v.signatures} = json_extract(g.value, '$[0]')
      AND ${v.verdict} = json_extract(g.value, '$[1]') ${older} ${onRoute}
    ORDER BY ${v.pairId} DESC LIMIT ${oneMore(limit)}`;
}

/** One pair with its findings, the key of its stored answers and the repository whose decisions apply. */
export async function findPair(db: Database, id: string) {
  const [row] = await db
    .select({ ...LINE, findings: v.findings, bodyKey: p.bodyKey, repoId: shadowDeployments.repoId })
    .from(p)
    .innerJoin(v, eq(v.pairId, p.id))
    .leftJoin(shadowDeployments, eq(shadowDeployments.id, p.deploymentId))
    .where(eq(p.id, id));
  return row ?? null;
}
