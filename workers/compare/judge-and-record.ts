/**
 * pairs -> without those stored already -> graph -> examples to the bucket -> rows to D1.
 * What the queue, the dead letters and `POST /compare` have in common.
 */
import type { CapturedPair } from "../../core/pair/captured.ts";
import { lessonOf } from "../../core/verdict/lesson.ts";
import { rank, VERDICTS, type Verdict } from "../../core/verdict/severity.ts";
import { judgeBatch, opened } from "./graph/graph.ts";
import type { Item } from "./graph/state.ts";
import { modelOf } from "./model/model.ts";
import { keepBodies } from "./record/bodies.ts";
import { compareSettings } from "./record/compare-settings.ts";
import { routeMemories, storedPairs } from "./record/known.ts";
import { type RecordContext, record } from "./record/record.ts";
import { releaseBodies } from "./record/release.ts";
import type { Recordable } from "./record/rows.ts";
import { type Env, modelSettings, safeBodyShare } from "./settings.ts";

export interface Recorded {
  /** Pairs that were not stored before, judged. */
  readonly items: readonly Item[];
  /** Of those, the ones D1 refused, with why. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Throws when D1 cannot be read or is in trouble; the same pairs can be handed in again. `posted`: they came by HTTP, and no
 * tee has counted them.
 */
export async function judgeAndRecord(
  pairs: readonly CapturedPair[],
  env: Env,
  { posted = false }: Pick<RecordContext, "posted"> = {},
): Promise<Recorded> {
  const started = Date.now();
  const distinct = [...new Map(pairs.map((p) => [p.id, p])).values()];
  const stored = await storedPairs(
    env.DB,
    distinct.map((p) => p.id),
  );
  const settings = await compareSettings(env.DB, distinct, started);
  const fresh = distinct.filter((p) => !stored.has(p.id)).map((p) => opened(p, settings.get(p.deploymentId)));
  if (fresh.length === 0) return { items: [], refused: new Map() };
  const batchId = crypto.randomUUID();
  const items = await judged(fresh, batchId, env);
  const keys = await keepBodies(items, { db: env.DB, bucket: env.BODIES, safeShare: safeBodyShare(env) });
  const rows = items.map((item) => recordableOf(item, keys.get(item.captured.id) ?? null));
  const { refused, released } = await record(rows, { db: env.DB, now: Date.now(), batchId, posted });
  await releaseBodies(released, env.DB, env.BODIES);
  logBatch({ pairs: pairs.length, rows, refused: refused.size, ms: Date.now() - started });
  return { items, refused };
}

async function judged(fresh: readonly Item[], batchId: string, env: Env): Promise<readonly Item[]> {
  const routes = fresh.map((item) => ({ deploymentId: item.captured.deploymentId, name: item.case.route }));
  const memories = await routeMemories(env.DB, routes);
  const model = modelOf(modelSettings(env));
  const batch = await judgeBatch(fresh, { db: env.DB, model, now: Date.now, batchId, memories });
  return batch.items;
}

function recordableOf(item: Item, bodyKey: string | null): Recordable {
  const { captured, case: c, byRules } = item;
  const { route, equal } = c;
  if (byRules === null)
    return unjudged(captured, route, `The stage ${item.fault ?? "format_verdict"} failed on this pair.`);
  const { verdict, reasoning } = byRules;
  return { captured, route, equal, verdict, reasoning, findings: c.findings, lesson: lessonOf(c), bodyKey };
}

/** A pair that could not be judged: Undecided, never Safe, and without findings. */
export function unjudged(captured: CapturedPair, route: string, reasoning: string): Recordable {
  const lesson = { slow: 0, secondAnswers: 0, learnedNoise: {} } as const;
  return { captured, route, equal: false, verdict: "Undecided", reasoning, findings: [], lesson, bodyKey: null };
}

function logBatch(batch: { pairs: number; rows: readonly Recordable[]; refused: number; ms: number }): void {
  const counts = Object.fromEntries(VERDICTS.map((v) => [v, 0])) as Record<Verdict, number>; // every verdict is set
  for (const row of batch.rows) counts[row.verdict] += 1;
  const worst = batch.rows.reduce<Verdict>((a, r) => (rank(r.verdict) > rank(a) ? r.verdict : a), "Safe");
  const { pairs, rows, refused, ms } = batch;
  console.log(JSON.stringify({ event: "batch", pairs, fresh: rows.length, refused, counts, worst, ms }));
}
