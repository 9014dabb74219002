/**
 * Links to oneself: each side writes its own host into them. Two links that differ only there are equal, if the hosts are the
 * sides' own; a link to somebody else's host is a change.
 */
import type { PairRequest } from "../pair/pair.ts";

const ORIGIN = /\b(https?|wss?):\/\/([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])(:\d+)?/g;
const OWN = "//own-host";

/** Machines nobody reaches from outside: loopback, private networks (RFC 1918), single names, cluster names. */
const PRIVATE =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|[\w-]+|.*\.(?:local|internal|localhost|svc|test))$/i;
const TEMPORARY = /(?:^|[-.])(?:pr-?\d+|shadow|preview|staging|canary|candidate|base)(?:[-.]|$)/i;

/** The texts with each side's own origin replaced by one and the same word. */
export function withoutOwnHosts(reference: string, shadow: string, request: PairRequest): readonly [string, string] {
  const [left, right] = [hostsOf(reference), hostsOf(shadow)];
  if (left.length === 0 && right.length === 0) return [reference, shadow];
  // The same hosts under another scheme: somebody lost or gained TLS, which is no matter of hosts.
  if (left.join() === right.join() && schemesOf(reference) !== schemesOf(shadow)) return [reference, shadow];
  const own = ownHosts(request);
  const isOwnReference = (host: string): boolean => own.has(host.toLowerCase()) || PRIVATE.test(host);
  const isOwnShadow = (host: string): boolean => isOwnReference(host) || TEMPORARY.test(host);
  return [replaced(reference, isOwnReference), replaced(shadow, isOwnShadow)];
}

/** Targets of redirects, without own hosts: one's own host may as well be left out (RFC 9110, 10.2.2). */
export function isSameTarget(reference: string, shadow: string): boolean {
  return localTarget(reference) === localTarget(shadow);
}

function localTarget(target: string): string {
  if (!target.startsWith(OWN)) return target;
  const path = target.slice(OWN.length);
  return path.startsWith("/") ? path : `/${path}`;
}

function ownHosts(request: PairRequest): ReadonlySet<string> {
  const values = ["host", "x-forwarded-host", ":authority"].map((name) => request.headers[name]);
  return new Set(values.flatMap((value) => value ?? []).map((host) => host.toLowerCase().replace(/:\d+$/, "")));
}

function hostsOf(text: string): readonly string[] {
  return [...text.matchAll(ORIGIN)].map((match) => match[2] ?? "");
}

function schemesOf(text: string): string {
  return [...text.matchAll(ORIGIN)].map((match) => match[1]).join();
}

function replaced(text: string, isOwn: (host: string) => boolean): string {
  return text.replaceAll(ORIGIN, (whole, _scheme: string, host: string) => (isOwn(host) ? OWN : whole));
}
