/**
 * The latencies of a route as the consumer keeps them: one flat object, `prod:<bucket>` to a count, so that the database adds a
 * batch to a row with one `sum`. Apart from the sketches' reader: the consumer writes these and reads none.
 */
import { answered, type Observation, type Pair } from "../pair/pair.ts";
import type { LatencyBuckets } from "../wire/sync.ts";
import { addBuckets, latencyBucket } from "./latency.ts";

/** `shadowBesideBase`: the shadow's of those pairs whose base answered. */
export const LATENCY_SIDES = ["prod", "shadow", "control", "base", "shadowBesideBase"] as const;
export type LatencySide = (typeof LATENCY_SIDES)[number];

/** By side: how many answers fell into which bucket. */
export type RouteLatencies = Readonly<Record<LatencySide, LatencyBuckets>>;

export const NO_LATENCIES: RouteLatencies = { prod: {}, shadow: {}, control: {}, base: {}, shadowBesideBase: {} };

type Sides = Pick<Pair, "prod" | "shadow"> & { readonly [side in "control" | "base"]?: Observation | undefined };

/** What one pair adds. A side that gave no answer has a time until it was given up, which is nobody's latency. */
export function latencyCounts({ prod, shadow, control, base }: Sides): Readonly<Record<string, number>> {
  const counted: Readonly<Record<LatencySide, Observation | undefined>> = {
    prod,
    shadow,
    control,
    base,
    shadowBesideBase: answered(base) ? shadow : undefined,
  };
  return Object.fromEntries(
    LATENCY_SIDES.flatMap((side) => {
      const answer = counted[side];
      return answered(answer) ? [[`${side}:${latencyBucket(answer.latencyMs)}`, 1] as const] : [];
    }),
  );
}

/** Many pairs' counts, added up, by side. Keys that are none of these are left out. */
export function routeLatencies(counts: Readonly<Record<string, number>>): RouteLatencies {
  return bySide((side) =>
    Object.fromEntries(
      Object.entries(counts).flatMap(([key, count]) =>
        key.startsWith(`${side}:`) ? [[key.slice(side.length + 1), count]] : [],
      ),
    ),
  );
}

/** Both as one: rows of the consumer and sketches of the tees, or those of two hosts. */
export function addLatencies(one: RouteLatencies, other: Partial<RouteLatencies>): RouteLatencies {
  return bySide((side) => addBuckets(one[side], other[side] ?? {}));
}

function bySide(of: (side: LatencySide) => LatencyBuckets): RouteLatencies {
  return {
    prod: of("prod"),
    shadow: of("shadow"),
    control: of("control"),
    base: of("base"),
    shadowBesideBase: of("shadowBesideBase"),
  };
}
