/**
 * Whether a route became slower: quantiles of the shadow's latency beside the reference's, with confidence intervals, over all
 * pairs of the route. Apart from the rules on single pairs: one version measured against itself is three times slower in 12 %
 * of pairs, so only what holds over many pairs is a finding.
 */
import type { DDSketch } from "@datadog/sketches-js";
import { type Margin, SLOW, VERY_SLOW } from "../compare/rules/latency.ts";
import { signatureOf } from "../compare/signature.ts";
import type { Severity } from "../verdict/severity.ts";
import type { Interval, LatencyShift } from "../wire/api/routes.ts";
import type { LatencyBuckets } from "../wire/sync.ts";
import { sketchOf } from "./quantiles.ts";

/** Fewer answers of one side say nothing. The interval of the 95th percentile needs about 150 all the same. */
export const MIN_ANSWERS = 20;

/** What is judged. The 99th percentile would need thousands of answers. */
const JUDGED = [
  { name: "p50", quantile: 0.5 },
  { name: "p95", quantile: 0.95 },
] as const;

/** Of the normal distribution for 97.5 %: the intervals of both quantiles then hold together with 95 % (Bonferroni). */
const Z = 2.241;

/** Ratios of less are those of clocks, in ms. */
const SHORTEST_MS = 0.1;

/** Route findings: permanent rule ids, and the margins that the lower bounds of both differences must pass. Worst first. */
export const ROUTE_LATENCY_RULES: readonly {
  readonly id: string;
  readonly severity: Severity;
  readonly margin: Margin;
}[] = [
  { id: "route-latency-very-slow", severity: "Critical", margin: VERY_SLOW },
  { id: "route-latency-slow", severity: "Warning", margin: SLOW },
];

/** The latencies of one route, as buckets by side. */
export interface RouteSketches {
  readonly prod: LatencyBuckets;
  readonly shadow: LatencyBuckets;
  readonly base: LatencyBuckets;
  /** The shadow's of those pairs whose base answered. */
  readonly shadowBesideBase: LatencyBuckets;
}

/** Held against the base stack where it answered often enough, else against production. Null where there are too few answers. */
export function latencyShift(route: RouteSketches): LatencyShift | null {
  const base = shiftOf(sketchOf(route.base), sketchOf(route.shadowBesideBase), "base");
  return base ?? shiftOf(sketchOf(route.prod), sketchOf(route.shadow), "prod");
}

export interface LatencyFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly signature: string;
  readonly reason: string;
}

/** The finding of a route's shift; null where it is within the margins. */
export function latencyFinding(route: string, shift: LatencyShift | null): LatencyFinding | null {
  const rule = shift === null ? undefined : ruleOf(shift);
  if (shift === null || rule === undefined) return null;
  const signature = signatureOf({ route, rule: rule.id, pattern: "latency", kind: null });
  return { rule: rule.id, severity: rule.severity, signature, reason: sentence(shift) };
}

function shiftOf(reference: DDSketch, shadow: DDSketch, name: LatencyShift["reference"]): LatencyShift | null {
  const pairs = Math.min(reference.count, shadow.count);
  if (pairs < MIN_ANSWERS) return null;
  const shifts = JUDGED.flatMap(({ name: quantile, quantile: q }): readonly LatencyShift[] => {
    const [ours, theirs] = [intervalOf(shadow, q), intervalOf(reference, q)];
    if (ours === null || theirs === null) return [];
    return [
      {
        reference: name,
        quantile,
        pairs,
        times: mapped(ratio(ours, theirs), rounded),
        moreMs: mapped(difference(ours, theirs), rounded),
      },
    ];
  });
  const worst = ROUTE_LATENCY_RULES.map(({ margin }) => shifts.find((shift) => passes(shift, margin)));
  return worst.find((shift) => shift !== undefined) ?? shifts[0] ?? null;
}

/**
 * The interval of a quantile by order statistics, free of any distribution: the ranks nq -+ z sqrt(nq(1 - q)), rounded outwards
 * (W. J. Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2). Null where one of them is no rank.
 */
function intervalOf(sketch: DDSketch, quantile: number): Interval | null {
  const n = sketch.count;
  const spread = Z * Math.sqrt(n * quantile * (1 - quantile));
  const [lowest, highest] = [Math.floor(n * quantile - spread), Math.ceil(n * quantile + spread) + 1];
  if (lowest < 1 || highest > n) return null;
  const at = (rank: number) => sketch.getValueAtQuantile((rank - 1) / (n - 1));
  return { low: at(lowest), value: sketch.getValueAtQuantile(quantile), high: at(highest) };
}

/** The shift as a ratio: the difference of logarithms. */
function ratio(ours: Interval, theirs: Interval): Interval {
  const shift = difference(mapped(ours, logarithm), mapped(theirs, logarithm));
  return mapped(shift, Math.exp);
}

/**
 * The interval of a difference out of those of its terms, their distances squared and added (G. Y. Zou and A. Donner,
 * Construction of confidence limits about effect measures, Statistics in Medicine 27, 2008, formula 2).
 */
function difference(ours: Interval, theirs: Interval): Interval {
  const value = ours.value - theirs.value;
  return {
    low: value - Math.hypot(ours.value - ours.low, theirs.high - theirs.value),
    value,
    high: value + Math.hypot(ours.high - ours.value, theirs.value - theirs.low),
  };
}

function logarithm(ms: number): number {
  return Math.log(Math.max(ms, SHORTEST_MS));
}

function mapped({ low, value, high }: Interval, by: (value: number) => number): Interval {
  return { low: by(low), value: by(value), high: by(high) };
}

function ruleOf(shift: LatencyShift) {
  return ROUTE_LATENCY_RULES.find(({ margin }) => passes(shift, margin));
}

function passes({ times, moreMs }: LatencyShift, margin: Margin): boolean {
  return times.low > margin.times && moreMs.low > margin.more;
}

function sentence({ reference, quantile, pairs, times, moreMs }: LatencyShift): string {
  const whom = reference === "base" ? "the base stack" : "production";
  const measure = quantile === "p50" ? "Half of the answers take" : "The slowest 5 % of the answers take";
  return `${measure} ${tenths(times.value)} times as long as those of ${whom} (95 % sure: ${tenths(times.low)} to ${tenths(times.high)} times, ${Math.round(moreMs.low)} ms more at least), over ${pairs} pairs.`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
