/**
 * The marker on mirrored requests, signed so that only our own counts: a request that carries one is never mirrored again,
 * also when a shadow calls production on its way. Clients can send the header; without the signature it means nothing.
 */
import { createHmac } from "node:crypto";

export const MARKER_HEADER = "x-shadow-infra-mirrored";

/** How long a marker counts: longer than any mirrored request with its calls, too short to be worth keeping. */
const MARKER_MAX_AGE_MS = 300_000;

/** `<unix milliseconds>.<signature>`. */
export function signedMarker(secret: string, now: number): string {
  return `${now}.${signature(secret, String(now))}`;
}

export function isOurMarker(marker: string | null, secret: string, now: number): boolean {
  if (marker === null) return false;
  const [stamp = "", signed = ""] = marker.split(".");
  return Math.abs(now - Number(stamp)) < MARKER_MAX_AGE_MS && equalInConstantTime(signed, signature(secret, stamp));
}

function signature(secret: string, stamp: string): string {
  return createHmac("sha256", secret).update(`mirrored:${stamp}`).digest("hex");
}

function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
