/**
 * Which answers are kept, and keeping them: pairs with findings while their drift lacks examples, and a share of Safe ones.
 * Written before the rows, so that no row names an object that is not there. A bucket in trouble costs examples, no verdict.
 */
import { hashText } from "../../../core/compare/hash.ts";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { Item } from "../graph/state.ts";
import { deflate } from "../message/inflate.ts";
import { MAX_EXAMPLES } from "./drift-statement.ts";
import { exampleCounts, keyOf } from "./known.ts";

const HASH_RANGE = 2 ** 53;

/** `pairs/<deploymentId>/<pairId>.json.gz`: deletion of a deployment is deletion of a prefix. */
export function bodyKeyOf(captured: CapturedPair): string {
  return `pairs/${encodeURIComponent(captured.deploymentId)}/${encodeURIComponent(captured.id)}.json.gz`;
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
  const wanted = items.flatMap((item) =>
    driftKeys(item).map((k) => ({ deploymentId: item.captured.deploymentId, name: k })),
  );
  const examples = wanted.length === 0 ? new Map<string, number>() : await exampleCounts(db, wanted);
  return items.filter((item) => {
    // Its bodies stayed at the tee.
    if (item.captured.settled !== undefined) return false;
    const drifts = driftKeys(item).map((signature) => keyOf(item.captured.deploymentId, signature));
    if (drifts.length === 0) return hashText(item.captured.id) / HASH_RANGE < safeShare;
    const lacking = drifts.filter((key) => (examples.get(key) ?? 0) < MAX_EXAMPLES);
    for (const key of lacking) examples.set(key, (examples.get(key) ?? 0) + 1);
    return lacking.length > 0;
  });
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
