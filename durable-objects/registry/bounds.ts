/**
 * What of a report is taken. It comes from our own tee, but names in it (routes) come from requests: so texts, numbers and
 * their count are bounded before anything is stored. What is out of bounds is left out; the rest counts. Pure.
 */
import type { EqualRoute, LatencyBuckets, SyncReport } from "../../core/wire/sync.ts";
import { type Counts, toCounts } from "./counts.ts";

/** An isolate's id is a ULID (26 characters). */
const MAX_ISOLATE_ID_LENGTH = 64;

/** An isolate counts at most 200 deployments of a host. */
const MAX_DEPLOYMENTS = 250;

/** `skipped:<reason>` and the like: about 25 are known, and a newer tee may know more. */
const MAX_COUNTERS = 60;
const COUNTER = /^[a-z][a-z:-]{0,49}$/;

/** A tee counts at most 500 routes of a deployment, then one more per method. */
const MAX_ROUTES = 600;

/** A request line is at most 16 KB at the edge; a template is seldom over 100. */
const MAX_ROUTE_LENGTH = 2_000;

/** About 1,100 buckets can be (`core/report/latency.ts`). */
const MAX_BUCKETS = 1_200;
const BUCKET = /^-?[0-9]{1,4}$/;

/** A report as it is stored: flat counters by deployment. */
export interface Bounded {
  readonly isolateId: string;
  readonly sequence: number;
  readonly unrouted: number;
  readonly deployments: ReadonlyMap<string, Counts>;
  readonly equalRoutes: ReadonlyMap<string, ReadonlyMap<string, EqualRoute>>;
  readonly open: ReadonlySet<string>;
}

/** The report without what `isKnown` does not know and without what is out of bounds; null when nothing of it can be stored. */
export function bounded(report: SyncReport, isKnown: (deploymentId: string) => boolean): Bounded | null {
  const { isolateId, sequence } = report;
  if (isolateId === "" || isolateId.length > MAX_ISOLATE_ID_LENGTH || !isCount(sequence)) return null;
  const of = <T>(all: Readonly<Record<string, T>>) =>
    Object.entries(all)
      .filter(([id]) => isKnown(id))
      .slice(0, MAX_DEPLOYMENTS);
  return {
    isolateId,
    sequence,
    unrouted: isCount(report.unrouted) ? report.unrouted : 0,
    deployments: new Map(of(report.deployments).map(([id, counters]) => [id, countsOf(toCounts(counters))])),
    equalRoutes: new Map(of(report.equalRoutes).map(([id, routes]) => [id, routesOf(routes)])),
    open: new Set(report.open.slice(0, MAX_DEPLOYMENTS)),
  };
}

function countsOf(counts: Counts): Counts {
  const good = Object.entries(counts).filter(([name, value]) => COUNTER.test(name) && isCount(value));
  return Object.fromEntries(good.slice(0, MAX_COUNTERS));
}

function routesOf(routes: Readonly<Record<string, EqualRoute>>): ReadonlyMap<string, EqualRoute> {
  const good = Object.entries(routes).filter(([name, route]) => name.length <= MAX_ROUTE_LENGTH && isEqualRoute(route));
  return new Map(good.slice(0, MAX_ROUTES));
}

function isEqualRoute({ pairs, secondAnswers, lastAt, prod, shadow, control }: EqualRoute): boolean {
  return [pairs, secondAnswers, lastAt].every(isCount) && [prod, shadow, control].every(areBuckets);
}

function areBuckets(buckets: LatencyBuckets): boolean {
  const entries = Object.entries(buckets);
  return entries.length <= MAX_BUCKETS && entries.every(([bucket, count]) => BUCKET.test(bucket) && isCount(count));
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
