/** Local mode: open, but only to this machine, and not to other sites that its browser happens to visit. */
import { type Refused, refuse } from "../http/reply.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** `local` is opt-in; every other value, also a misspelt one, is deployed. */
export function isLocal(mode: string | undefined): boolean {
  return mode === "local";
}

export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

/**
 * Refuses names other than loopback (a site can point its own name at 127.0.0.1 and would then read everything) and
 * writes that another site's page sends (browsers name it in Origin). Null: the request may pass.
 */
export function refuseForeign(request: Request): Refused | null {
  const url = new URL(request.url);
  if (!isLoopback(url.hostname)) return refuse("not-loopback", `Use http://localhost instead of ${url.hostname}.`);
  const origin = request.headers.get("origin");
  const reads = request.method === "GET" || request.method === "HEAD";
  return reads || origin === null || origin === url.origin ? null : refuse("foreign-origin");
}
