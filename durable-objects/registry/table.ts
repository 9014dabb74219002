/** The routing table as one isolate gets it: each leased target with what the caps, breakers and evidence of all isolates say. */
import type { MirrorTarget, RoutedTarget } from "../../core/wire/target.ts";
import { averageShare, type Pool, takePart, totalDemand } from "./allowance.ts";
import { type Heard, hear, keepBreakersOf, tell } from "./breakers.ts";
import { equalRowShare } from "./equal-rows.ts";
import type { Memory } from "./memory.ts";
import type { News } from "./reports.ts";

export interface Caller {
  readonly isolateId: string;
  /** Deployments whose breaker it has opened. */
  readonly open: ReadonlySet<string>;
  /** Null: it told nothing new. */
  readonly news: News | null;
  readonly now: number;
}

/** Takes what the isolate told into account, then says what it may do. */
export function routedTargets(
  sql: SqlStorage,
  { memory, targets, everyRow }: Routing,
  caller: Caller,
): readonly RoutedTarget[] {
  const leased = new Set(targets.map(({ deploymentId }) => deploymentId));
  keepBreakersOf(sql, memory.breakers, leased);
  for (const deploymentId of memory.pools.keys()) if (!leased.has(deploymentId)) memory.pools.delete(deploymentId);
  const { isolateId, now } = caller;
  return targets.map((target): RoutedTarget => {
    const { deploymentId } = target;
    const news = newsOf(deploymentId, caller);
    if (news !== null) hear(sql, memory.breakers, news);
    return {
      ...target,
      ...partOf(memory.pools, target, caller),
      breaker: tell(sql, memory.breakers, { deploymentId, isolateId, now }),
      equalRowShare: everyRow ? 1 : equalRowShare(sql, deploymentId),
    };
  });
}

export interface Routing {
  readonly memory: Memory;
  readonly targets: readonly MirrorTarget[];
  /** Every byte-equal pair becomes a row, however many there are. */
  readonly everyRow: boolean;
}

/** The outcomes of a deployment in a report, if there are any. */
function newsOf(deploymentId: string, { isolateId, news, open, now }: Caller): Heard | null {
  const grown = news?.grown.get(deploymentId);
  const answered = Math.max(0, grown?.["answered"] ?? 0);
  const failed = Math.max(0, grown?.["failed"] ?? 0);
  if (answered + failed === 0) return null;
  return { deploymentId, outcomes: { isolateId, answered, failed, open: open.has(deploymentId) }, now };
}

function partOf(
  pools: Map<string, Pool>,
  { deploymentId, rate, settings: { maxRps } }: MirrorTarget,
  { isolateId, now, news }: Caller,
): Pick<RoutedTarget, "probability" | "allowance"> {
  if (maxRps === null) return { probability: rate, allowance: null };
  if (!(maxRps > 0)) return { probability: 0, allowance: 0 };
  const pool = pools.get(deploymentId) ?? new Map();
  pools.set(deploymentId, pool);
  const requests = Math.max(0, news?.grown.get(deploymentId)?.["seen"] ?? 0);
  const seen = news === null || news.forMs === null ? null : { requests, forMs: news.forMs };
  return takePart(pool, { isolateId, now, maxRps, rate, seen });
}

/** The share an average isolate samples at. */
export function probabilityNow({ pools }: Memory, { deploymentId, rate, settings: { maxRps } }: MirrorTarget): number {
  if (maxRps === null) return rate;
  return averageShare({ maxRps, rate }, totalDemand(pools.get(deploymentId) ?? new Map()));
}
