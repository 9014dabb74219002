/** Drifts as a reviewer goes through them: what has one cause on several routes together, everything else by route. */
import type { Drift } from "../../../core/wire/api/drifts.ts";

export interface DriftGroup {
  /** The route, or null for a cause that shows on several. */
  readonly route: string | null;
  /** Of several routes the worst first, each with the same cause. */
  readonly drifts: readonly Drift[];
}

/** In the order of the drifts: a group stands where its first one stood. */
export function groupsOf(drifts: readonly Drift[]): readonly DriftGroup[] {
  const routesOf = Map.groupBy(drifts, (drift) => drift.cause);
  const spread = (drift: Drift) => new Set(routesOf.get(drift.cause)?.map(({ route }) => route)).size > 1;
  const groups = Map.groupBy(drifts, (drift) => (spread(drift) ? `cause ${drift.cause}` : `route ${drift.route}`));
  return Array.from(groups, ([name, own]) => ({
    route: name.startsWith("route ") ? name.slice("route ".length) : null,
    drifts: own,
  }));
}

/** How many things changed, whatever the number of routes that show them. */
export function countCauses(drifts: readonly Drift[]): number {
  return new Set(drifts.map(({ cause }) => cause)).size;
}
