/**
 * `routes` of two commits as one list. The base's routes stay in their order; the head may say of one of them `mirror: false`, a
 * stricter `compare` or fewer `ignore`, and may add routes that are never mirrored. Apart from `trusted.ts` for its order's sake.
 */
import { COMPARE_MODES } from "../compare/settings.ts";
import { globbed } from "./compare-settings.ts";
import type { ProjectConfig } from "./schema.ts";
import { stricter } from "./tighten.ts";

type Route = ProjectConfig["routes"][number];

/** The same bound as the form's. */
const MAX_ROUTES = 100;

export interface TrustedRoutes {
  readonly routes: Route[];
  /** Indexes of the head's routes that say something that does not count. */
  readonly refused: readonly number[];
  readonly changed: boolean;
}

/** From lenient to strict. */
const STRICTNESS = COMPARE_MODES.toReversed();

/** A route that the head lists counts with its defaults: one without `ignore` ignores nothing. One that it leaves out stays. */
export function trustedRoutes(base: readonly Route[], head: readonly Route[]): TrustedRoutes {
  const stricterOnes = base.map((route, index) => {
    const before = base.slice(0, index).filter(({ match }) => match === route.match).length;
    const wish = head.filter(({ match }) => match === route.match)[before];
    return wish === undefined ? route : stricterRoute(route, wish);
  });
  const routes = withExclusions(stricterOnes, base, head);
  return {
    routes,
    refused: head.flatMap((wish, index) => (isGranted(wish, routes) ? [] : [index])),
    changed: JSON.stringify(routes) !== JSON.stringify(base),
  };
}

function stricterRoute(base: Route, head: Route): Route {
  return {
    ...base,
    ...(head.mirror === false ? { mirror: false } : {}),
    compare: stricter(STRICTNESS)(base.compare, head.compare).value,
    ignore: base.ignore.filter((query) => head.ignore.includes(query)),
  };
}

/**
 * Each new exclusion stands behind the routes that the head has before it, where the base has them too. What it matches first is
 * not mirrored, so nothing else that it says can matter; as a glob without names it makes no route template either.
 */
function withExclusions(routes: readonly Route[], base: readonly Route[], head: readonly Route[]): Route[] {
  let all = [...routes];
  let at = 0;
  for (const wish of head) {
    const known = base.some(({ match }) => match === wish.match);
    const found = all.findIndex(({ match }) => match === wish.match);
    if (known && found >= at) at = found + 1;
    if (known || wish.mirror !== false || all.length >= MAX_ROUTES) continue;
    const excluded: Route = { match: globbed(wish.match), mirror: false, compare: "values", ignore: [], list_key: {} };
    all = [...all.slice(0, at), excluded, ...all.slice(at)];
    at += 1;
  }
  return all;
}

function isGranted(wish: Route, routes: readonly Route[]): boolean {
  if (routes.some((route) => JSON.stringify(route) === JSON.stringify(wish))) return true;
  return wish.mirror === false && routes.some(({ match, mirror }) => match === globbed(wish.match) && mirror === false);
}
