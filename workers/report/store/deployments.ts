/** Rows of shadow deployments: read, registered and moved through their states. */
import { and, desc, eq, getTableColumns, ne, type SQL, sql } from "drizzle-orm";
import { shadowDeployments } from "../../../migrations/schema.ts";
import { type Database, isOneOf, oneMore } from "./database.ts";

/** All but what only the consumer reads: an OpenAPI contract can be as large as all else of a page together. */
const { compareSettings: _unread, ...COLUMNS } = getTableColumns(shadowDeployments);

export type DeploymentRow = Omit<typeof shadowDeployments.$inferSelect, "compareSettings">;
export type DeploymentState = DeploymentRow["state"];

/** Where a page of deployments starts: after this creation time and id. */
export type DeploymentPosition = readonly [createdAt: number, id: string];

export interface DeploymentFilter {
  readonly state?: DeploymentState | undefined;
  /** true: not closed; false: closed. */
  readonly open?: boolean | undefined;
  readonly pull?: { readonly repoId: number; readonly number: number };
  readonly after?: DeploymentPosition | undefined;
  readonly limit: number;
}

export async function findDeployment(db: Database, id: string): Promise<DeploymentRow | null> {
  const [row] = await db.select(COLUMNS).from(shadowDeployments).where(eq(shadowDeployments.id, id));
  return row ?? null;
}

/** One query, however many ids. */
export async function findDeployments(db: Database, ids: readonly string[]): Promise<readonly DeploymentRow[]> {
  return db.select(COLUMNS).from(shadowDeployments).where(isOneOf(shadowDeployments.id, ids));
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

function conditionsOf({ state, open, pull, after }: DeploymentFilter): readonly SQL[] {
  const t = shadowDeployments;
  const conditions: SQL[] = [];
  if (state !== undefined) conditions.push(eq(t.state, state));
  // As text and not as a parameter: only so the database sees that the index of the open ones fits.
  if (open === true) conditions.push(sql`${t.state} <> 'closed'`);
  if (open === false) conditions.push(eq(t.state, "closed"));
  if (pull !== undefined) conditions.push(eq(t.repoId, pull.repoId), eq(t.prNumber, pull.number));
  if (after !== undefined) conditions.push(sql`(${t.createdAt}, ${t.id}) < (${after[0]}, ${after[1]})`);
  return conditions;
}

export type Registration = Omit<
  typeof shadowDeployments.$inferSelect,
  "state" | "stateReason" | "createdAt" | "updatedAt" | "closedAt"
>;

/** Whether there is anything to mirror, and anywhere to mirror it to. Without both no deployment is ready. */
export function isReachable({ shadowOrigin, hosts }: Pick<DeploymentRow, "shadowOrigin" | "hosts">): boolean {
  return shadowOrigin !== "" && hosts.length > 0;
}

/**
 * Inserts, or replaces all but state and creation. A closed one is pending again: its pull request was reopened. So is a ready one that
 * lost its address or its hosts.
 */
export async function registerDeployment(
  db: Database,
  registration: Registration,
  now: number,
): Promise<DeploymentRow> {
  const t = shadowDeployments;
  const { id: _, ...changed } = registration;
  const kept = isReachable(registration)
    ? sql`${t.state}`
    : sql`CASE ${t.state} WHEN 'ready' THEN 'pending' ELSE ${t.state} END`;
  const [row] = await db
    .insert(t)
    .values({ ...registration, state: "pending", createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: t.id,
      set: {
        ...changed,
        state: sql`CASE ${t.state} WHEN 'closed' THEN 'pending' ELSE ${kept} END`,
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
