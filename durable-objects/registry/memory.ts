/** What the object remembers of its isolates beside what it stores: the grants of the rate caps, and the breakers. */
import { type Pool, resumePool } from "./allowance.ts";
import { type Breakers, storedBreakers } from "./breakers.ts";
import { activeTargets } from "./targets.ts";

export interface Memory {
  /** By deployment. */
  readonly pools: Map<string, Pool>;
  readonly breakers: Breakers;
}

/** The memory at a start. Grants are not stored: where isolates were about lately, theirs are taken for as many as can be. */
export function newMemory(sql: SqlStorage, isInUse: boolean, now: number): Memory {
  if (!isInUse) return { pools: new Map(), breakers: new Map() };
  const pools = new Map<string, Pool>();
  const { last } = sql.exec<{ last: number | null }>("SELECT max(reported_at) AS last FROM reporters").one();
  for (const { target } of activeTargets(sql, now))
    if (last !== null && target.settings.maxRps !== null && target.settings.maxRps > 0)
      pools.set(target.deploymentId, resumePool(target.settings.maxRps, last));
  return { pools, breakers: storedBreakers(sql) };
}
