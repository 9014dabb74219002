/** Rows of shadow deployments: read, registered and moved through their states. */
import { and, desc, eq, getTableColumns, ne, type SQL, sql } from "drizzle-orm";
import { shadowDeployments } from "../../../migrations/schema.ts";
import { type Database, oneMore } from "./database.ts";

/** All but what only the consumer reads: an OpenAPI contract can be as large as all else of a page together. */
const { compareSettings: _unread, ...COLUMNS } = getTableColumns(shadowDeployments);

export type DeploymentRow = Omit<typeof shadowDeployments.$inferSelect, "compareSettings">;
export type DeploymentState = DeploymentRow["state"];

/** Where a page of deployments starts: after this creation time and id. */
export type DeploymentPosition = readonly [createdAt: number, id: string];

export interface DeploymentFilter {
  readonly state?: DeploymentState | undefined;
  readonly pull?: { readonly repoId: number; readonly number: number };
  readonly after?: DeploymentPosition | undefined;
  readonly limit: number;
}

export async function findDeployment(db: Database, id: string): Promise<DeploymentRow | null> {
  const [row] = await db.select(COLUMNS).from(shadowDeployments).where(eq(shadowDeployments.id, id));
  return row ?? null;
}

/** Newest first, with one row more than asked for. */
export async function readDeployments(db: Database, filter: DeploymentFilter): Promise<readonly DeploymentRow[]> {
  const { createdAt, id } = shadowDeployments;
  return db
    .select(COLUMNS)
    .from(shadowDeployments)
    .where(and(...conditionsOf(filter)))
    .orderBy(desc(createdAt), desc(id))
    .limit(oneMore(filter.limit));
}

function conditionsOf({ state, pull, after }: DeploymentFilter): readonly SQL[] {
  const t = shadowDeployments;
  const conditions: SQL[] = [];
  if (state !== undefined) conditions.push(eq(t.state, state));
  if (pull !== undefined) conditions.push(eq(t.repoId, pull.repoId), eq(t.prNumber, pull.number));
  if (after !== undefined) conditions.push(sql`(${t.createdAt}, ${t.id}) < (${after[0]}, ${after[1]})`);
  return conditions;
}

export type Registration = Omit<
  typeof shadowDeployments.$inferSelect,
  "state" | "stateReason" | "createdAt" | "updatedAt" | "closedAt"
>;

/** Inserts, or replaces all but state and creation. A closed one is pending again: its pull request was reopened. */
export async function registerDeployment(
  db: Database,
  registration: Registration,
  now: number,
): Promise<DeploymentRow> {
  const t = shadowDeployments;
  const { id: _, ...changed } = registration;
  const [row] = await db
    .insert(t)
    .values({ ...registration, state: "pending", createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: t.id,
      set: {
        ...changed,
        state: sql`CASE ${t.state} WHEN 'closed' THEN 'pending' ELSE ${t.state} END`,
        closedAt: null,
        updatedAt: now,
      },
    })
    .returning(COLUMNS);
  if (row === undefined) throw new Error("an upsert returned no row");
  return row;
}

/** Sets the state of a deployment that is not closed; null when there is none or it is closed. */
export async function setState(
  db: Database,
  id: string,
  change: { readonly state: DeploymentState; readonly reason: string | null; readonly now: number },
): Promise<DeploymentRow | null> {
  const closedAt = change.state === "closed" ? change.now : null;
  const [row] = await db
    .update(shadowDeployments)
    .set({ state: change.state, stateReason: change.reason, updatedAt: change.now, closedAt })
    .where(and(eq(shadowDeployments.id, id), ne(shadowDeployments.state, "closed")))
    .returning(COLUMNS);
  return row ?? null;
}
