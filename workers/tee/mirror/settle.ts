/** Counts a pair whose answers were equal byte for byte, in place of a row: by route, with its latencies. */
import { routeOf } from "../../../core/pair/route.ts";
import { redactionWith } from "../../../core/redact/redaction.ts";
import { redactText } from "../../../core/redact/text.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import type { Tally } from "../routing/counters.ts";
import { countEqual } from "../routing/equal.ts";
import { redactorFor } from "../send/redactor.ts";
import type { Material } from "./pair.ts";

/** Paths whose route is remembered, per deployment; when there are too many, all are forgotten. */
const MAX_PATHS = 2_000;

/** A target comes anew with each table, and with it what its settings say about redaction. */
const routes = new WeakMap<RoutedTarget, Map<string, string>>();

/** The deployment's own count is the caller's: it is one of the ends a request can come to. */
export function settle({ target, mirrored, sides, arrivedAt }: Material, tally: Tally, secret: string): void {
  const { method, path } = mirrored;
  countEqual(tally.equalRoutes, {
    route: redactedRoute(target, { method, path, secret }),
    at: arrivedAt,
    hasSecondAnswer: (sides.base === undefined ? sides.control : sides.baseAgain) !== undefined,
    prodMs: sides.prod.latencyMs,
    shadowMs: sides.shadow.latencyMs,
    controlMs: sides.control?.latencyMs,
  });
}

interface Asked {
  readonly method: string;
  /** With its query, or without. */
  readonly path: string;
  readonly secret: string;
}

/** The route as the consumer will call it: of the redacted path, because a path may carry a secret as well. */
function redactedRoute(target: RoutedTarget, { method, path, secret }: Asked): string {
  const known = routes.get(target) ?? new Map<string, string>();
  routes.set(target, known);
  const query = path.indexOf("?");
  const bare = query === -1 ? path : path.slice(0, query);
  const key = `${method} ${bare}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const route = routeOf(method, redactText(bare, redactionWith(redactorFor(target.repoId, secret))));
  if (known.size >= MAX_PATHS) known.clear();
  known.set(key, route);
  return route;
}
