/** Which requests are asked twice, to learn noise. By the request's id, so that a second run asks the same ones. */
import { hashText } from "../../core/compare/hash.ts";
import { routeOf } from "../../core/pair/route.ts";

/** The first requests of each route are asked twice in any case: with fewer second answers nothing is learned. */
export const FIRST_OF_ROUTE = 3;
/** Routes whose first requests are counted. */
const MAX_ROUTES = 2_000;

/** HEAD and OPTIONS say little that GET does not. */
const ASKED_TWICE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

const HASHES = 2 ** 53;

/** `share` from 0, which asks none, to 1. */
export function createControls(
  share: number,
): (request: { readonly id: string; readonly method: string; readonly path: string }) => boolean {
  const seen = new Map<string, number>();
  return ({ id, method, path }) => {
    if (share === 0 || !ASKED_TWICE.has(method)) return false;
    const route = routeOf(method, path);
    const before = seen.get(route) ?? 0;
    if (seen.has(route) || seen.size < MAX_ROUTES) seen.set(route, before + 1);
    return (before < FIRST_OF_ROUTE && seen.has(route)) || hashText(id) / HASHES < share;
  };
}
