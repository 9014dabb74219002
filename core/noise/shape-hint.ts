/**
 * Whether a deployment's answers differ in their values nearly everywhere and in their shape nowhere: then the shadow has
 * other data than the reference, and comparing by shape says more than a list of values. A proposal to people, no verdict.
 */
import type { DifferenceKind } from "../compare/difference.ts";

/** One drift's row: pairs in which it counts. */
export interface ShapeDrift {
  readonly route: string;
  readonly kind: DifferenceKind | null;
  /** `$.items[*].name`, or a header's. */
  readonly pattern: string;
  readonly count: number;
}

export interface ShapeHint {
  /** Routes to compare by shape, most pairs first. */
  readonly routes: readonly string[];
  /** Pairs of these routes, of all pairs. */
  readonly pairs: number;
  readonly of: number;
  /** One or two sentences with the lines of the configuration that do it. */
  readonly words: string;
}

/** A route with fewer pairs has not shown enough. */
const MIN_PAIRS = 10;
/** Values of a route differ "nearly everywhere": this many places, the most frequent of them in this share of its pairs. */
const MIN_PLACES = 3;
const MIN_SHARE = 0.5;
/** A fault of the shape in more pairs than these is no matter of data. */
const MAX_SHAPE_SHARE = 0.02;
/** Such routes hold at least this share of the deployment's pairs. */
const MIN_DEPLOYMENT_SHARE = 0.5;
/** Routes that the words name. */
const NAMED = 3;

const OF_VALUES: ReadonlySet<DifferenceKind | null> = new Set(["value", "order", "length", "moved"]);
const OF_SHAPE: ReadonlySet<DifferenceKind | null> = new Set(["type", "missing", "unparsable", "duplicated"]);

/** `pairs`: by route, equal ones included. Null where there is nothing to propose. */
export function shapeHint(drifts: readonly ShapeDrift[], pairs: ReadonlyMap<string, number>): ShapeHint | null {
  const bodies = Map.groupBy(drifts.filter(isOfBody), ({ route }) => route);
  const routes = [...bodies]
    .filter(([route, own]) => differsInData(own, pairs.get(route) ?? 0))
    .map(([route]) => route)
    .toSorted((a, b) => (pairs.get(b) ?? 0) - (pairs.get(a) ?? 0) || (a < b ? -1 : 1));
  const of = [...pairs.values()].reduce((sum, count) => sum + count, 0);
  const own = routes.reduce((sum, route) => sum + (pairs.get(route) ?? 0), 0);
  if (routes.length === 0 || own < of * MIN_DEPLOYMENT_SHARE) return null;
  return { routes, pairs: own, of, words: wordsFor(routes, own, of) };
}

function isOfBody({ pattern, count }: ShapeDrift): boolean {
  return count > 0 && (pattern.startsWith("$") || pattern.startsWith("body"));
}

function differsInData(drifts: readonly ShapeDrift[], pairs: number): boolean {
  if (pairs < MIN_PAIRS) return false;
  const values = drifts.filter(({ kind }) => OF_VALUES.has(kind));
  const places = new Set(values.map(({ pattern }) => pattern));
  const most = Math.max(0, ...values.map(({ count }) => count));
  const faults = drifts.some(({ kind, count }) => OF_SHAPE.has(kind) && count > pairs * MAX_SHAPE_SHARE);
  return places.size >= MIN_PLACES && most >= pairs * MIN_SHARE && !faults;
}

function wordsFor(routes: readonly string[], pairs: number, of: number): string {
  const more = routes.length > NAMED ? ` and ${routes.length - NAMED} more` : "";
  const named = routes.slice(0, NAMED).join(", ");
  return `In ${pairs} of ${of} pairs most values differ and the shape does not (${named}${more}): the shadow seems to have other data. Give it the same data, or set "compare: shape" for these routes.`;
}
