/**
 * What the object does by its alarm: settles the isolates that fell silent, and writes the totals to the database about two
 * seconds after a change. A database that fails is tried again, ever more slowly up to a minute; no sync waits for any of it.
 */
import { countEqualRows } from "./equal-rows.ts";
import { nextLossAt, settleSilence } from "./silence.ts";
import { hasUnwritten, writeTotals } from "./write.ts";

/** Changes are gathered for that long, so that many isolates' reports are one write. */
const WRITE_AFTER_MS = 2_000;

const LONGEST_PAUSE_MS = 60_000;

/** A write without an answer counts as failed; should it arrive after all, it does no harm. */
const WRITE_TIMEOUT_MS = 15_000;

export interface Upkeep {
  readonly storage: DurableObjectStorage;
  /** Undefined where none is bound: then everything stays in the object. */
  readonly db: D1Database | undefined;
  readonly host: string;
  /** Unix milliseconds; null when none is set, undefined when the storage was not asked yet. */
  alarmAt: number | null | undefined;
  /** Failed writes in a row, and when the next is due. */
  failures: number;
  retryAt: number;
  writing: Promise<void> | null;
}

export function newUpkeep(storage: DurableObjectStorage, host: string, db: D1Database | undefined): Upkeep {
  return { storage, db, host, alarmAt: undefined, failures: 0, retryAt: 0, writing: null };
}

/** Sets the alarm for what comes next, unless it rings before that anyway. */
export async function schedule(upkeep: Upkeep, now: number): Promise<void> {
  const at = nextAt(upkeep, now);
  if (at === null) return;
  if (upkeep.alarmAt === undefined) upkeep.alarmAt = await upkeep.storage.getAlarm();
  if (upkeep.alarmAt !== null && upkeep.alarmAt <= at) return;
  upkeep.alarmAt = at;
  await upkeep.storage.setAlarm(at);
}

function nextAt({ storage, db, retryAt }: Upkeep, now: number): number | null {
  const lossAt = nextLossAt(storage.sql);
  const writeAt = db !== undefined && hasUnwritten(storage.sql) ? Math.max(now + WRITE_AFTER_MS, retryAt) : null;
  if (lossAt === null || writeAt === null) return lossAt ?? writeAt;
  return Math.min(lossAt, writeAt);
}

/** The alarm's work. Never throws: the platform would ring again by its own clock. */
export async function ring(upkeep: Upkeep): Promise<void> {
  upkeep.alarmAt = null;
  settleSilence(upkeep.storage.sql, Date.now());
  try {
    if (Date.now() >= upkeep.retryAt) await writeNow(upkeep);
  } catch (error) {
    console.error(JSON.stringify({ event: "totals-unwritten", host: upkeep.host, error: String(error).slice(0, 500) }));
  }
  await schedule(upkeep, Date.now());
}

/** Writes everything that changed until this call. One write at a time, in the order of the changes. */
export async function writeNow(upkeep: Upkeep): Promise<void> {
  while (upkeep.writing !== null) await upkeep.writing.catch(() => undefined);
  upkeep.writing = write(upkeep).finally(() => {
    upkeep.writing = null;
  });
  await upkeep.writing;
}

async function write(upkeep: Upkeep): Promise<void> {
  const { db, host } = upkeep;
  const { sql } = upkeep.storage;
  if (db === undefined) return;
  try {
    await inTime(writeTotals(sql, db, host).then(() => countEqualRows(sql, db)));
    upkeep.failures = 0;
    upkeep.retryAt = 0;
  } catch (error) {
    upkeep.failures += 1;
    upkeep.retryAt = Date.now() + Math.min(LONGEST_PAUSE_MS, WRITE_AFTER_MS * 2 ** upkeep.failures);
    throw error;
  }
}

async function inTime(written: Promise<void>): Promise<void> {
  const patience = new AbortController();
  // A wait that is ended because the answer came in time fails, too, and then nobody listens any more.
  const late = scheduler.wait(WRITE_TIMEOUT_MS, { signal: patience.signal }).then(
    () => Promise.reject(new Error("the database did not answer")),
    () => undefined,
  );
  try {
    await Promise.race([written, late]);
  } finally {
    patience.abort();
  }
}
