/** Latencies of each route over all pairs, as mergeable buckets, and the routes whose shadow is slower. Bounded. */
import { hashText } from "../../core/compare/hash.ts";
import { answered, type Observation } from "../../core/pair/pair.ts";
import { latencyBucket } from "../../core/report/latency.ts";
import { type LatencyFinding, latencyFinding, latencyShift } from "../../core/report/latency-shift.ts";
import { createKept } from "./kept.ts";
import type { Seen } from "./run.ts";

/** Routes that are measured. */
const MAX_ROUTES = 500;

/** A route's finding, over so many pairs. */
export interface SlowRoute extends LatencyFinding {
  readonly route: string;
  readonly pairs: number;
}

interface Buckets {
  readonly prod: Record<string, number>;
  readonly shadow: Record<string, number>;
  readonly base: Record<string, number>;
  readonly shadowBesideBase: Record<string, number>;
}

export interface Latencies {
  readonly add: (seen: Pick<Seen, "pair" | "judged">) => void;
  readonly slow: () => readonly SlowRoute[];
}

export function createLatencies(): Latencies {
  const routes = createKept<{ readonly route: string; readonly buckets: Buckets }>(MAX_ROUTES);
  return {
    add: ({ pair, judged: { route } }) => {
      const buckets = routes.get(route)?.buckets ?? { prod: {}, shadow: {}, base: {}, shadowBesideBase: {} };
      if (!routes.set(route, hashText(route).toString(16).padStart(14, "0"), { route, buckets })) return;
      if (!answered(pair.shadow) || !answered(pair.prod)) return;
      count(buckets.prod, pair.prod);
      count(buckets.shadow, pair.shadow);
      if (!answered(pair.base)) return;
      count(buckets.base, pair.base);
      count(buckets.shadowBesideBase, pair.shadow);
    },
    slow: () =>
      routes.values().flatMap(({ route, buckets }) => {
        const finding = latencyFinding(route, latencyShift(buckets));
        const pairs = Object.values(buckets.shadow).reduce((sum, each) => sum + each, 0);
        return finding === null ? [] : [{ ...finding, route, pairs }];
      }),
  };
}

function count(buckets: Record<string, number>, { latencyMs }: Observation): void {
  const bucket = latencyBucket(latencyMs);
  buckets[bucket] = (buckets[bucket] ?? 0) + 1;
}
