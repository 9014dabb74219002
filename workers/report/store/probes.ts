/** Probe runs as rows: keeping one, taking the oldest away, reading pages of them. */
import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import {
  BudgetRowSchema,
  ProbedEndpointSchema,
  ProbeOriginSchema,
  ProbeResultsSchema,
} from "../../../core/wire/api/probes.ts";
import { probeRuns } from "../../../migrations/probe-tables.ts";
import { type Database, oneMore } from "./database.ts";

const t = probeRuns;

export type ProbeRow = typeof probeRuns.$inferSelect;

/** Runs kept of each repository, service and branch class, and for how long: a year and what a look back needs. */
export const RUNS_KEPT = 1_000;
export const KEPT_MS = 400 * 24 * 60 * 60 * 1_000;

/** What one run says of one endpoint. */
export const StoredEndpointSchema = z.object({ figures: ProbedEndpointSchema, budgets: z.array(BudgetRowSchema) });

/** Results in the column: by endpoint, so that the database itself picks one out. */
export const StoredResultsSchema = ProbeResultsSchema.omit({ endpoints: true, budgets: true, passed: true }).extend({
  origin: ProbeOriginSchema,
  endpoints: z.record(z.string(), StoredEndpointSchema),
  /** Rows that name no endpoint of the run. */
  otherBudgets: z.array(BudgetRowSchema),
});
export type StoredResults = z.infer<typeof StoredResultsSchema>;

/** The run under its content hash: the one given if it is new, the one that is there if not. */
export async function keepRun(
  db: Database,
  row: ProbeRow,
): Promise<{ readonly row: ProbeRow; readonly isNew: boolean }> {
  const { repository, service, branchClass } = row;
  const own = and(eq(t.repository, repository), eq(t.service, service), eq(t.branchClass, branchClass));
  const beyond = sql`SELECT ${t.id} FROM ${t} WHERE ${own} ORDER BY ${t.runAt} DESC, ${t.id} DESC LIMIT -1 OFFSET ${RUNS_KEPT}`;
  const [inserted, stored] = await db.batch([
    db.insert(t).values(row).onConflictDoNothing().returning({ id: t.id }),
    db.select().from(t).where(eq(t.contentHash, row.contentHash)),
    db.delete(t).where(lt(t.runAt, row.receivedAt - KEPT_MS)),
    db.delete(t).where(sql`${t.id} IN (${beyond})`),
  ]);
  return { row: stored[0] ?? row, isNew: inserted.length > 0 };
}

export interface RunFilter {
  readonly repository?: string | undefined;
  readonly service?: string | undefined;
  readonly branch?: string | undefined;
  readonly pull?: number | undefined;
  readonly region?: string | undefined;
}

/** What a filter asks of a row. Where it names a branch, pull requests from a branch of that name are not meant. */
export function fits({ repository, service, branch, pull, region }: RunFilter): SQL | undefined {
  return and(
    repository === undefined ? undefined : eq(t.repository, repository),
    service === undefined ? undefined : eq(t.service, service),
    branch === undefined ? undefined : and(eq(t.branch, branch), eq(t.pull, pull ?? 0)),
    pull === undefined ? undefined : eq(t.pull, pull),
    region === undefined ? undefined : eq(t.region, region),
  );
}

interface PageFilter extends RunFilter {
  readonly limit: number;
  readonly after?: readonly [runAt: number, id: string] | undefined;
}

/** Newest first, one more than the limit. */
export async function readRuns(db: Database, { limit, after, ...filter }: PageFilter): Promise<readonly ProbeRow[]> {
  const older = after === undefined ? undefined : sql`(${t.runAt}, ${t.id}) < (${after[0]}, ${after[1]})`;
  return db
    .select()
    .from(t)
    .where(and(fits(filter), older))
    .orderBy(desc(t.runAt), desc(t.id))
    .limit(oneMore(limit));
}
