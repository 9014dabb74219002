/**
 * Links to oneself: each side writes its own host into them. Two links that differ only there are equal, if the hosts are the
 * sides' own; a link to somebody else's host is a change. Where a pair says which hosts its sides were asked under, a shadow's
 * host is not guessed.
 */
import { answered, type Pair } from "../pair/pair.ts";

/** Scheme and host; the slashes as they are, as JSON escapes them, or as queries do. */
const ORIGIN = /\b(https?|wss?)(:\/\/|:\\\/\\\/|%3A%2F%2F)([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])((?::|%3A)\d+(?!\d))?/gi;
/** Host and port without a scheme: a port makes it one. */
const BARE = /(?<![\w.@/:%-])([A-Za-z0-9._-]+):(\d{2,5})(?![\w:.-])/g;
/** What a host without a scheme needs at least. */
const PORT = /\w:\d{2}/;
const OWN = "//own-host";

/** Machines nobody reaches from outside: loopback, private networks (RFC 1918), single names, cluster names. */
const PRIVATE =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|[\w-]+|.*\.(?:local|internal|localhost|svc|test))$/i;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)$/i;
const TEMPORARY = /(?:^|[-.])(?:pr-?\d+|shadow|preview|staging|canary|candidate|base)(?:[-.]|$)/i;

/** What a pair knows of its sides' hosts. */
export type HostsOf = Pick<Pair, "request" | "hosts" | "base">;

/** The texts with each side's own origin replaced by one and the same word. */
export function withoutOwnHosts(reference: string, shadow: string, pair: HostsOf): readonly [string, string] {
  if (!/:\d|:\/|:\\\/|%3A/i.test(reference) && !/:\d|:\/|:\\\/|%3A/i.test(shadow)) return [reference, shadow];
  const [left, right] = [hostsIn(reference), hostsIn(shadow)];
  // The same hosts under another scheme: somebody lost or gained TLS, which is no matter of hosts.
  if (left.join() === right.join() && schemesOf(reference) !== schemesOf(shadow)) return [reference, shadow];
  // The same hosts on both sides need no word for them.
  if (left.join() === right.join() && !PORT.test(reference) && !PORT.test(shadow)) return [reference, shadow];
  const { isReference, isShadow } = ownHosts(pair);
  return [replaced(reference, isReference), replaced(shadow, isShadow)];
}

/** Both numbers are the port that their own side was asked under. */
export function areOwnPorts([reference, shadow]: readonly [string, string], { hosts, base }: HostsOf): boolean {
  if (hosts?.shadow === undefined) return false;
  const own = answered(base) ? hosts.base : hosts.prod;
  return own !== undefined && portOf(own) === reference && portOf(hosts.shadow) === shadow;
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

type IsOwn = (host: string) => boolean;

function ownHosts({ request, hosts, base }: HostsOf): { readonly isReference: IsOwn; readonly isShadow: IsOwn } {
  const asked = ["host", "x-forwarded-host", ":authority"].flatMap((name) => request.headers[name] ?? []);
  const reference = new Set(
    [...asked, hosts?.prod ?? [], answered(base) ? (hosts?.base ?? []) : []].flat().map(nameOf),
  );
  const shadow = new Set([...reference, ...(hosts?.shadow === undefined ? [] : [nameOf(hosts.shadow)])]);
  const isReference: IsOwn = (host) => reference.has(nameOf(host)) || PRIVATE.test(host);
  const guessed: IsOwn = (host) => hosts?.shadow === undefined && TEMPORARY.test(host);
  return { isReference, isShadow: (host) => shadow.has(nameOf(host)) || PRIVATE.test(host) || guessed(host) };
}

/** Without its port, lower case. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

function portOf(host: string): string {
  return /:(\d+)$/.exec(host)?.[1] ?? "";
}

function hostsIn(text: string): readonly string[] {
  return [...text.matchAll(ORIGIN)].map((match) => `${match[3]}${match[4] ?? ""}`);
}

function schemesOf(text: string): string {
  return [...text.matchAll(ORIGIN)].map((match) => match[1]).join();
}

/** A name with a port and no scheme is taken for a host only where it is loopback or one of the sides' own. */
function replaced(text: string, isOwn: IsOwn): string {
  return text
    .replaceAll(ORIGIN, (whole, ...groups: readonly string[]) => (isOwn(groups[2] ?? "") ? OWN : whole))
    .replaceAll(BARE, (whole, host: string) =>
      LOOPBACK.test(host) || (!PRIVATE.test(host) && isOwn(host)) ? "own-host" : whole,
    );
}
