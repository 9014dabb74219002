/**
 * Stores a batch with exactly-once effect: pairs are inserted by id, everything else is counted for new pairs only,
 * all in one D1 batch, which is atomic. A refused batch is halved until the poison is alone.
 */
import { MAX_EXAMPLES } from "../../../core/pair/examples.ts";
import { countDrifts } from "./drift-statement.ts";
import { insertPairs, insertVerdicts } from "./pair-statements.ts";
import { countPosted } from "./posted-statement.ts";
import { type DriftExamples, displacedBy, examplesOf, idsIn } from "./release.ts";
import { countRoutes } from "./route-statement.ts";
import { driftEntries, type Recordable, verdictRow } from "./rows.ts";
import { prepared } from "./statement.ts";

/** Bound parameters hold 2,000,000 B at most (https://developers.cloudflare.com/d1/platform/limits/); three bytes a character at worst. */
const MAX_STATEMENT_CHARS = 600_000;

/** D1 itself in trouble, as opposed to a row it refuses: halving would only add load. */
const TROUBLE = /overload|timeout|timed out|network|connection|reset|internal error|too many requests/i;

export interface RecordResult {
  /** Ids of pairs that could not be stored, with why. */
  readonly refused: ReadonlyMap<string, string>;
  /** Pairs whose answers may be let go: they were examples, or had no chance to become one. */
  readonly released: readonly string[];
}

const NOTHING: RecordResult = { refused: new Map(), released: [] };

export interface RecordContext {
  readonly db: D1Database;
  readonly now: number;
  /** Unique per call of `record`: names the rows this call inserted. */
  readonly batchId: string;
  /** The pairs came by HTTP: no tee has counted them. */
  readonly posted?: boolean;
}

/** Throws when D1 is in trouble; nothing, or a part of the batch, is stored then, and it can be repeated as it is. */
export async function record(rows: readonly Recordable[], context: RecordContext): Promise<RecordResult> {
  // A pair that is in the batch twice would join its own row twice and be counted twice.
  return recordDistinct([...new Map(rows.map((r) => [r.captured.id, r])).values()], context);
}

async function recordDistinct(rows: readonly Recordable[], context: RecordContext): Promise<RecordResult> {
  if (rows.length === 0) return NOTHING;
  if (rows.length > 1 && sizeOf(rows, context.now) > MAX_STATEMENT_CHARS) return recordHalves(rows, context);
  try {
    return { refused: new Map(), released: await recordAtOnce(rows, context) };
  } catch (error) {
    const why = String(error);
    if (TROUBLE.test(why)) throw error;
    if (rows.length > 1) return recordHalves(rows, context);
    return { ...NOTHING, refused: new Map(rows.map((r) => [r.captured.id, why.slice(0, 500)])) };
  }
}

async function recordHalves(rows: readonly Recordable[], context: RecordContext): Promise<RecordResult> {
  const middle = Math.ceil(rows.length / 2);
  const first = await recordDistinct(rows.slice(0, middle), { ...context, batchId: `${context.batchId}.1` });
  const second = await recordDistinct(rows.slice(middle), { ...context, batchId: `${context.batchId}.2` });
  return {
    refused: new Map([...first.refused, ...second.refused]),
    released: [...first.released, ...second.released],
  };
}

/** Returns the pairs to let go. */
async function recordAtOnce(
  rows: readonly Recordable[],
  { db, now, batchId, posted }: RecordContext,
): Promise<readonly string[]> {
  const statements = [
    examplesOf(rows, 1),
    insertPairs(rows, batchId),
    insertVerdicts(rows, batchId, now),
    countDrifts(rows, batchId),
    countRoutes(rows, batchId),
    ...(posted ? [countPosted(rows, batchId, now)] : []),
    examplesOf(rows, MAX_EXAMPLES),
  ];
  const results = await db.batch<DriftExamples>(statements.map((s) => prepared(db, s)));
  const [before, inserted, after] = [results[0], results[1], results.at(-1)];
  const full = after?.results ?? [];
  // Without a full drift every pair of the batch that was kept is an example, unless another consumer stored it first.
  const isQuiet = full.length === 0 && inserted?.meta.changes === rows.length;
  const kept = isQuiet ? [] : rows.filter(({ bodyKey }) => bodyKey !== null).map(({ captured }) => captured.id);
  const shown = new Set(full.flatMap((drift) => idsIn(drift.examples)));
  return [...displacedBy(before?.results ?? [], full), ...kept.filter((id) => !shown.has(id))];
}

function sizeOf(rows: readonly Recordable[], now: number): number {
  return rows.reduce((sum, r) => {
    const row = verdictRow(r, now);
    return sum + row.findings.length + row.signatures.length + JSON.stringify(driftEntries(r)).length;
  }, 0);
}
