/**
 * The route of a request: method and path template (`GET /orders/{id}`). A pure function of the path alone, so that every
 * part names a route alike without asking anyone. Learning may propose merges elsewhere; nothing is learned here.
 */
import { segmentsOf } from "./glob.ts";
import { isIdLike } from "./id-like.ts";

/** The longest template that is kept, in characters; a path is anything a client sends. */
const MAX_ROUTE_CHARS = 300;

/**
 * `routeOf("get", "/orders/17?expand=1")` is `GET /orders/{id}`. Query and fragment are dropped; segments that are digits,
 * a UUID, ULID, hex string or date become `{id}`. Never throws: a segment that does not decode is taken as sent.
 */
export function routeOf(method: string, path: string): string {
  const template = barePath(path).split("/").map(templateSegment).join("/");
  const rooted = template.startsWith("/") ? template : `/${template}`;
  return `${method.toUpperCase()} ${rooted.slice(0, MAX_ROUTE_CHARS)}`;
}

/** Without origin, query and fragment. */
export function barePath(path: string): string {
  return path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
}

/** The segments of a path as templates and globs read them: decoded, a slash at either end not counted. */
export function pathSegments(path: string): readonly string[] {
  return segmentsOf(barePath(path)).map(decoded);
}

function templateSegment(segment: string): string {
  return isIdLike(decoded(segment)) ? "{id}" : segment;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
