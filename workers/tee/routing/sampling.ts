/**
 * Which requests are mirrored. One client is in or out for an hour, so that its requests make a story; rare routes are
 * always seen. The draw is written down in docs/sampling.md, exactly enough to be done again elsewhere.
 */
import type { RoutedTarget, StickyKey } from "../../../core/wire/target.ts";
import { isFirstOfRoute } from "./first-of-route.ts";

const HOUR_MS = 3_600_000;

/** Addresses of this machine: local traffic has no client identity to sample by. */
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1"]);

/** What of a request decides whether it is sampled. */
export interface Sampled {
  readonly method: string;
  /** With its query, or without: the query plays no part. */
  readonly path: string;
  readonly headers: Pick<Headers, "get">;
}

/** `now` in Unix milliseconds is when the request arrived. */
export function isSampled(target: RoutedTarget, request: Sampled, now: number): boolean {
  const { probability, deploymentId } = target;
  if (!(probability > 0)) return false;
  if (probability >= 1) return true;
  const first = isFirstOfRoute(deploymentId, request.method, request.path);
  return first || drawn(target, clientKey(request.headers, target.settings.sticky), now) < probability;
}

function drawn({ deploymentId }: RoutedTarget, client: string | null, now: number): number {
  return client === null ? Math.random() : share(`${deploymentId} ${Math.floor(now / HOUR_MS)} ${client}`);
}

/** Who asks: the cookie or header the deployment names, else the address at the edge. Null: each request is drawn on its own. */
export function clientKey(headers: Pick<Headers, "get">, sticky: StickyKey | null): string | null {
  const named = sticky === null ? null : stickyValue(headers, sticky);
  if (named !== null && named !== "") return named;
  const address = headers.get("cf-connecting-ip");
  return address === null || LOOPBACK.has(address) ? null : address;
}

function stickyValue(headers: Pick<Headers, "get">, { in: place, name }: StickyKey): string | null {
  return place === "header" ? headers.get(name) : cookieValue(headers.get("cookie"), name);
}

/** The value as sent, of the first cookie of that name (RFC 6265, 4.2.1). */
function cookieValue(cookies: string | null, name: string): string | null {
  for (const pair of cookies?.split(";") ?? []) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}

/** A text's place between 0 and 1: FNV-1a (32 bit) with a final mix, because its high bits alone move too little. */
export function share(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
