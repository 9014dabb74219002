/**
 * The first requests of each route, which are taken whatever the rate, so that quiet routes are in the report. Every request
 * of production comes by here, so a path that was seen before costs one look into a map.
 */
import { routeOf } from "../../../core/pair/route.ts";

/** Requests per route, deployment and isolate. */
export const ALWAYS_TAKEN_PER_ROUTE = 20;

/** Bounds of an isolate's memory; beyond them the rate alone decides. Paths are forgotten and read again. */
const MAX_ROUTES = 500;
const MAX_PATHS = 2_000;
const MAX_DEPLOYMENTS = 100;

/** Paths are anything a client sends; a longer one is not worth remembering. */
const MAX_PATH_CHARS = 300;

interface Taken {
  count: number;
}

interface Routes {
  readonly byRoute: Map<string, Taken>;
  /** The same counts, by method and path. */
  readonly byPath: Map<string, Taken>;
}

const NO_ROOM: Taken = { count: ALWAYS_TAKEN_PER_ROUTE };

const deployments = new Map<string, Routes>();

/** Whether this request is one of the first of its route; counts it. */
export function isFirstOfRoute(deploymentId: string, method: string, path: string): boolean {
  const routes = deployments.get(deploymentId) ?? newRoutes(deploymentId);
  const query = path.indexOf("?");
  const key = `${method} ${query === -1 ? path : path.slice(0, query)}`;
  const taken = routes.byPath.get(key) ?? takenOf(routes, key);
  if (taken.count >= ALWAYS_TAKEN_PER_ROUTE) return false;
  taken.count += 1;
  return true;
}

function takenOf({ byRoute, byPath }: Routes, key: string): Taken {
  const space = key.indexOf(" ");
  const route = routeOf(key.slice(0, space), key.slice(space + 1));
  const taken = byRoute.get(route) ?? (byRoute.size < MAX_ROUTES ? { count: 0 } : NO_ROOM);
  if (taken !== NO_ROOM) byRoute.set(route, taken);
  if (byPath.size >= MAX_PATHS) byPath.clear();
  if (key.length <= MAX_PATH_CHARS) byPath.set(key, taken);
  return taken;
}

/** The deployment that came first makes room: it is the one most likely closed. */
function newRoutes(deploymentId: string): Routes {
  const [oldest] = deployments.keys();
  if (oldest !== undefined && deployments.size >= MAX_DEPLOYMENTS) deployments.delete(oldest);
  const routes = { byRoute: new Map(), byPath: new Map() };
  deployments.set(deploymentId, routes);
  return routes;
}
