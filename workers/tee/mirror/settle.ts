/** Counts a pair whose answers were equal byte for byte, in place of a row: by route, with its latencies. */
import { routeOf } from "../../../core/pair/route.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import type { Tally } from "../routing/counters.ts";
import { countEqual } from "../routing/equal.ts";
import type { Material } from "./pair.ts";

/** Paths whose route is remembered, per deployment; when there are too many, all are forgotten. */
const MAX_PATHS = 2_000;

/** A target comes anew with each table, and with it what its settings say about redaction. */
const routes = new WeakMap<RoutedTarget, Map<string, string>>();

/** A path without its secrets. */
type Redact = (path: string) => string;

/** The deployment's own count is the caller's: it is one of the ends a request can come to. */
export function settle(material: Material, tally: Tally, redact: Redact): void {
  const { sides, arrivedAt } = material;
  countEqual(tally.equalRoutes, {
    route: redactedRoute(material, redact),
    at: arrivedAt,
    hasSecondAnswer: (sides.base === undefined ? sides.control : sides.baseAgain) !== undefined,
    prodMs: sides.prod.latencyMs,
    shadowMs: sides.shadow.latencyMs,
    controlMs: sides.control?.latencyMs,
  });
}

/** The route as the consumer calls it for a pair that has a row: of the redacted path, because a path may carry a secret too. */
function redactedRoute(material: Material, redact: Redact): string {
  const { method, path } = material.mirrored;
  const known = routes.get(material.target) ?? new Map<string, string>();
  routes.set(material.target, known);
  const query = path.indexOf("?");
  const bare = query === -1 ? path : path.slice(0, query);
  const key = `${method} ${bare}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const route = routeOf(method, redact(bare));
  if (known.size >= MAX_PATHS) known.clear();
  known.set(key, route);
  return route;
}
