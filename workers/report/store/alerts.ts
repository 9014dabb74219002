/** What was told of each service, and the messages that wait to be sent. A change and its messages are written together or not at all. */
import { and, desc, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import { alertMessages, probeAlerts, probeRuns } from "../../../migrations/probe-tables.ts";
import type { Database } from "./database.ts";
import type { ProbeRow } from "./probes.ts";

const a = probeAlerts;
const m = alertMessages;

export type MessageRow = typeof alertMessages.$inferSelect;
export type NewMessage = Pick<MessageRow, "name" | "channel" | "topic" | "content">;
export type Series = Pick<ProbeRow, "repository" | "service" | "region">;

/** Services looked at in one hour: a monorepo's. */
const MAX_SERIES = 100;
/** Sent messages are kept for people who look back. */
const MESSAGES_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** What was told, and the two newest runs of the default branch, of one moment. */
export async function readSeries(db: Database, { repository, service, region }: Series) {
  const [told, runs] = await db.batch([
    db
      .select()
      .from(a)
      .where(and(eq(a.repository, repository), eq(a.service, service), eq(a.region, region))),
    db
      .select()
      .from(probeRuns)
      .where(
        and(
          eq(probeRuns.repository, repository),
          eq(probeRuns.service, service),
          eq(probeRuns.branchClass, "default"),
          eq(probeRuns.region, region),
        ),
      )
      .orderBy(desc(probeRuns.runAt), desc(probeRuns.id))
      .limit(2),
  ]);
  return { levels: told[0]?.levels ?? "{}", version: told[0]?.version ?? 0, runs };
}

/** Services of which a run of the default branch came in since. */
export async function readRecentSeries(db: Database, since: number): Promise<readonly Series[]> {
  const { repository, service, region, branchClass, receivedAt } = probeRuns;
  return db
    .selectDistinct({ repository, service, region })
    .from(probeRuns)
    .where(and(eq(branchClass, "default"), gte(receivedAt, since)))
    .limit(MAX_SERIES);
}

export interface Told extends Series {
  readonly levels: string;
  /** The version that was read. */
  readonly version: number;
  readonly writer: string;
  readonly now: number;
}

/** False: somebody else changed it since it was read, and nothing was written. */
export async function writeTold(db: Database, told: Told, messages: readonly NewMessage[]): Promise<boolean> {
  const { repository, service, region, levels, writer, now } = told;
  const version = told.version + 1;
  const [written] = await db.batch([
    db
      .insert(a)
      .values({ repository, service, region, levels, version, writer, updatedAt: now })
      .onConflictDoUpdate({
        target: [a.repository, a.service, a.region],
        set: { levels, version, writer, updatedAt: now },
        setWhere: eq(a.version, told.version),
      })
      .returning({ version: a.version }),
    insertMessages(db, messages, {
      now,
      where: sql`EXISTS (SELECT 1 FROM ${a} WHERE repository = ${repository} AND service = ${service} AND region = ${region}
        AND version = ${version} AND writer = ${writer})`,
    }),
  ]);
  return written.length > 0;
}

/** Messages that belong to no series. One whose name is there already is not written again. */
export async function writeMessages(db: Database, messages: readonly NewMessage[], now: number): Promise<void> {
  await insertMessages(db, messages, { now, where: sql`true` });
}

interface Insert {
  readonly now: number;
  readonly where: SQL;
}

/** One statement however many there are; the columns stand in the table's order. */
function insertMessages(db: Database, messages: readonly NewMessage[], { now, where }: Insert) {
  return db
    .insert(m)
    .select(
      sql`SELECT NULL, value ->> '$.name', value ->> '$.channel', value ->> '$.topic', value ->> '$.content', 'waiting', 0, 0, ${now}, NULL
        FROM json_each(${JSON.stringify(messages)}) WHERE ${where}`,
    )
    .onConflictDoNothing();
}

interface Claim {
  readonly now: number;
  /** Nobody else tries before this time. */
  readonly until: number;
  readonly most: number;
}

/** The oldest waiting message of each topic that is due. Who claims it has until then to say what became of it. */
export async function claimMessages(db: Database, { now, until, most }: Claim): Promise<readonly MessageRow[]> {
  const due = sql`SELECT ordinal FROM ${m} AS own WHERE state = 'waiting' AND next_at <= ${now} AND NOT EXISTS (
      SELECT 1 FROM ${m} AS earlier WHERE earlier.state = 'waiting' AND earlier.topic = own.topic AND earlier.ordinal < own.ordinal
    ) ORDER BY ordinal LIMIT ${most}`;
  return db
    .update(m)
    .set({ nextAt: until, attempts: sql`${m.attempts} + 1` })
    .where(sql`${m.ordinal} IN (${due})`)
    .returning();
}

export type Outcome = Pick<MessageRow, "ordinal" | "state" | "nextAt" | "error">;

export async function writeOutcomes(db: Database, outcomes: readonly Outcome[]): Promise<void> {
  await db.run(sql`UPDATE ${m} SET state = o.value ->> '$.state', next_at = o.value ->> '$.nextAt', error = o.value ->> '$.error'
    FROM json_each(${JSON.stringify(outcomes)}) AS o WHERE ${m.ordinal} = o.value ->> '$.ordinal'`);
}

/** Takes messages away that nobody waits for any more. */
export async function pruneMessages(db: Database, now: number): Promise<void> {
  await db.delete(m).where(and(ne(m.state, "waiting"), lt(m.createdAt, now - MESSAGES_KEPT_MS)));
}
