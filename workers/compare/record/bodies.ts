/**
 * Which answers are kept, and keeping them: pairs with findings that are among the best examples of a drift, and a share of Safe ones.
 * Written before the rows, so that no row names an object that is not there. A bucket in trouble costs examples, no verdict.
 */
import { hashText } from "../../../core/compare/hash.ts";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { bestExamples, MAX_EXAMPLES } from "../../../core/pair/examples.ts";
import type { Item } from "../graph/state.ts";
import { deflate } from "../message/inflate.ts";
import { candidateOf, fullExamples } from "./examples.ts";
import { exampleCounts, keyOf } from "./known.ts";

const HASH_RANGE = 2 ** 53;

/** `pairs/<deploymentId>/<pairId>.json.gz`: deletion of a deployment is deletion of a prefix. */
export function bodyKeyOf({ deploymentId, id }: Pick<CapturedPair, "deploymentId" | "id">): string {
  return `pairs/${encodeURIComponent(deploymentId)}/${encodeURIComponent(id)}.json.gz`;
}

export interface Keeping {
  readonly db: D1Database;
  readonly bucket: R2Bucket;
  /** Share of Safe pairs to keep, 0 to 1. */
  readonly safeShare: number;
}

/** Stores the chosen pairs' exchanges. Returns their keys by pair id. */
export async function keepBodies(items: readonly Item[], keeping: Keeping): Promise<ReadonlyMap<string, string>> {
  const chosen = await choose(items, keeping);
  const keys = await Promise.all(chosen.map((item) => keep(item.captured, keeping.bucket)));
  return new Map(keys.flatMap((key, n) => (key === null ? [] : [[chosen[n]?.captured.id ?? "", key] as const])));
}

async function choose(items: readonly Item[], { db, safeShare }: Keeping): Promise<Item[]> {
  // The bodies of the others stayed at the tee.
  const carried = items.filter((item) => item.captured.settled === undefined);
  const wanted = await wantedExamples(carried, db);
  return carried.filter((item) => {
    const { id } = item.captured;
    return driftKeys(item).length === 0 ? hashText(id) / HASH_RANGE < safeShare : wanted.has(id);
  });
}

/**
 * Ids of the pairs that some drift wants as an example. Another batch may fill the drift meanwhile, which can only make this too
 * many; so an example always has its answers.
 */
async function wantedExamples(items: readonly Item[], db: D1Database): Promise<ReadonlySet<string>> {
  const shown = items.flatMap((item) => {
    const candidate = candidateOf({ captured: item.captured, route: item.case.route });
    const { deploymentId } = item.captured;
    return driftKeys(item).map((name) => ({ deploymentId, name, key: keyOf(deploymentId, name), candidate }));
  });
  const groups = Map.groupBy(shown, ({ key }) => key);
  const drifts = [...groups.values()].flatMap(([first]) => first ?? []);
  const counts = drifts.length === 0 ? new Map<string, number>() : await exampleCounts(db, drifts);
  const isFull = (key: string) => (counts.get(key) ?? 0) >= MAX_EXAMPLES;
  const full = await fullExamples(
    db,
    drifts.filter(({ key }) => isFull(key)),
  );
  const best = [...groups].flatMap(([key, group]) => {
    const rivals = isFull(key) ? full.get(key) : [];
    return rivals === undefined ? [] : bestExamples([...rivals, ...group.map(({ candidate }) => candidate)]);
  });
  return new Set(best.map(({ id }) => id));
}

function driftKeys(item: Item): string[] {
  if (item.byRules === null) return [];
  return [...new Set(item.case.findings.filter((f) => f.noise === null).map((f) => f.signature))];
}

async function keep(captured: CapturedPair, bucket: R2Bucket): Promise<string | null> {
  const { request, prod, shadow, control, base, baseAgain } = captured;
  const key = bodyKeyOf(captured);
  // What was not asked for is left out by JSON.
  const exchange = { request, prod, shadow, control, base, baseAgain };
  try {
    await bucket.put(key, await deflate(JSON.stringify(exchange)));
    return key;
  } catch (error) {
    console.error(JSON.stringify({ event: "body-not-kept", pair: captured.id, error: String(error).slice(0, 300) }));
    return null;
  }
}
