/** Requests and answers that are not compared, on purpose. The first reason that holds is the one that counts. */
import type { SkipReason } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { hasSecretInQuery } from "../mirror/credentials.ts";
import { readHeaders } from "../mirror/headers.ts";
import { pathOf } from "../prod/origin.ts";
import { skipOfFilter } from "./filter.ts";

/** Cloudflare's word for answers that came from its cache (https://developers.cloudflare.com/cache/concepts/cache-responses/). */
const FROM_CACHE: ReadonlySet<string> = new Set(["HIT", "STALE", "UPDATING", "REVALIDATED"]);

/** Why this request is not mirrored to this target. */
export function skipOfRequest(request: Request, target: RoutedTarget): SkipReason | undefined {
  if (isUpgrade(request)) return "upgrade";
  const skip = skipOfFilter(target, request.method, pathOf(request.url));
  if (skip !== undefined) return skip;
  const { credentials, overridesMethod } = readHeaders(request.headers);
  if (overridesMethod) return "method";
  if (credentials.some((name) => !Object.hasOwn(target.credentials, name))) return "credentials";
  return hasSecretInQuery(request.url) ? "credentials" : undefined;
}

/** Why production's answer cannot be compared with a shadow's. */
export function skipOfAnswer(
  request: Request,
  { status, headers }: Pick<Response, "status" | "headers">,
): SkipReason | undefined {
  if (isEventStream(headers)) return "stream";
  if (status === 304 || (status === 412 && request.headers.has("if-match"))) return "not-modified";
  if (status === 206 || (status === 416 && request.headers.has("range"))) return "partial";
  return FROM_CACHE.has(headers.get("cf-cache-status") ?? "") ? "cached" : undefined;
}

/** WebSockets and other protocols: the connection is no longer ours to copy. */
export function isUpgrade(request: Request): boolean {
  return request.headers.has("upgrade");
}

export function isEventStream(headers: Headers): boolean {
  return headers.get("content-type")?.toLowerCase().startsWith("text/event-stream") === true;
}
