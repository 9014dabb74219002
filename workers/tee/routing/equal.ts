/**
 * Byte-equal pairs that have no row: counted by route, with their latencies as sketches. Totals that only grow; a report
 * carries the routes that changed since the last one the registry confirmed.
 */
import { latencyBucket } from "../../../core/report/latency.ts";
import type { EqualRoute } from "../../../core/wire/sync.ts";

/** Routes per deployment and isolate; the rest is counted as one route per method. */
export const MAX_EQUAL_ROUTES = 500;

type Buckets = Record<string, number>;

/** `EqualRoute`, counted in place. */
interface Counted {
  pairs: number;
  secondAnswers: number;
  lastAt: number;
  readonly prod: Buckets;
  readonly shadow: Buckets;
  readonly control: Buckets;
}

export interface EqualTally {
  readonly routes: Map<string, Counted>;
  /** Changed since the last report was made. */
  changed: Set<string>;
  /** In a report that is not confirmed yet. */
  reported: Set<string>;
}

/** One settled pair; latencies in milliseconds, `controlMs` where production was asked twice. */
export interface EqualPair {
  /** Method and path template, redacted. */
  readonly route: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly hasSecondAnswer: boolean;
  readonly prodMs: number;
  readonly shadowMs: number;
  readonly controlMs: number | undefined;
}

export function emptyEqual(): EqualTally {
  return { routes: new Map(), changed: new Set(), reported: new Set() };
}

export function countEqual(tally: EqualTally, pair: EqualPair): void {
  const known = tally.routes.has(pair.route) || tally.routes.size < MAX_EQUAL_ROUTES;
  const route = known ? pair.route : `${pair.route.slice(0, pair.route.indexOf(" "))} {other}`;
  const counted = tally.routes.get(route) ?? newRoute(tally, route);
  counted.pairs += 1;
  if (pair.hasSecondAnswer) counted.secondAnswers += 1;
  counted.lastAt = Math.max(counted.lastAt, pair.at);
  addTo(counted.prod, pair.prodMs);
  addTo(counted.shadow, pair.shadowMs);
  if (pair.controlMs !== undefined) addTo(counted.control, pair.controlMs);
  tally.changed.add(route);
}

function newRoute({ routes }: EqualTally, route: string): Counted {
  const counted = { pairs: 0, secondAnswers: 0, lastAt: 0, prod: {}, shadow: {}, control: {} };
  routes.set(route, counted);
  return counted;
}

function addTo(buckets: Buckets, ms: number): void {
  const bucket = latencyBucket(ms);
  buckets[bucket] = (buckets[bucket] ?? 0) + 1;
}

/** The changed routes for a report; they stay unconfirmed until `confirmEqual`. Undefined where nothing changed. */
export function takeChanged(tally: EqualTally): Readonly<Record<string, EqualRoute>> | undefined {
  for (const route of tally.changed) tally.reported.add(route);
  tally.changed = new Set();
  if (tally.reported.size === 0) return undefined;
  return Object.fromEntries([...tally.reported].flatMap((route) => copyOf(tally, route)));
}

/** The registry has the last report. */
export function confirmEqual(tally: EqualTally): void {
  tally.reported = new Set();
}

function copyOf({ routes }: EqualTally, route: string): readonly (readonly [string, EqualRoute])[] {
  const counted = routes.get(route);
  if (counted === undefined) return [];
  const { prod, shadow, control } = counted;
  return [[route, { ...counted, prod: { ...prod }, shadow: { ...shadow }, control: { ...control } }]];
}
