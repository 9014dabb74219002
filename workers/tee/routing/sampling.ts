/** Which requests are mirrored. One client is in or out for an hour, so that its requests make a story; rare routes are always seen. */
import { routeOf } from "../../../core/pair/route.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";

/** The first requests of each route are taken whatever the rate, so that quiet routes are in the report. */
const ALWAYS_TAKEN_PER_ROUTE = 20;

/** Routes remembered per isolate, over all deployments; beyond that the rate alone decides. */
const MAX_REMEMBERED_ROUTES = 5_000;

const HOUR_MS = 3_600_000;

const taken = new Map<string, number>();

export interface Sampled {
  readonly method: string;
  readonly path: string;
  /** Who asks: the address at the edge. Null where there is none (local traffic): then each request is drawn on its own. */
  readonly client: string | null;
}

export function isSampled(target: MirrorTarget, request: Sampled, now: number): boolean {
  if (target.rate <= 0) return false;
  if (target.rate >= 1) return true;
  return isFirstOfRoute(target, request) || drawn(target, request, now) < target.rate;
}

function isFirstOfRoute(target: MirrorTarget, { method, path }: Sampled): boolean {
  const key = `${target.deploymentId} ${routeOf(method, path)}`;
  const count = taken.get(key) ?? 0;
  if (count >= ALWAYS_TAKEN_PER_ROUTE || (count === 0 && taken.size >= MAX_REMEMBERED_ROUTES)) return false;
  taken.set(key, count + 1);
  return true;
}

function drawn(target: MirrorTarget, { client }: Sampled, now: number): number {
  if (client === null) return Math.random();
  return share(`${target.deploymentId} ${Math.floor(now / HOUR_MS)} ${client}`);
}

/** A text's place between 0 and 1: FNV-1a (32 bit) with a final mix, because its high bits alone move too little. */
export function share(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
