/**
 * The marker on mirrored requests, signed so that only our own counts: a request that carries one is never mirrored again,
 * also when a shadow calls production on its way. Clients can send the header; without the signature it means nothing, and
 * one that a shadow has kept means nothing after a minute.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export const MARKER_HEADER = "x-shadow-infra-mirrored";

/** How long a marker counts: longer than any mirrored request with its calls, too short to be worth keeping. */
const MARKER_MAX_AGE_MS = 60_000;

/** A marker is made once in so long, not for each request. */
const MARKER_STEP_MS = 5_000;

/** Digits of a Unix time in milliseconds, and of the signature in hex; anything else is not looked at. */
const FORM = /^(\d{13})\.([0-9a-f]{64})$/;

const encoder = new TextEncoder();

let latest = { secret: "", stamp: 0, marker: "" };

/** `<unix milliseconds>.<signature>`. */
export function signedMarker(secret: string, now: number): string {
  const stamp = now - (now % MARKER_STEP_MS);
  if (latest.stamp !== stamp || latest.secret !== secret)
    latest = { secret, stamp, marker: `${stamp}.${signature(secret, String(stamp))}` };
  return latest.marker;
}

export function isOurMarker(marker: string | null, secret: string, now: number): boolean {
  if (marker === null || secret === "") return false;
  const [, stamp = "", signed = ""] = FORM.exec(marker) ?? [];
  if (stamp === "" || Math.abs(now - Number(stamp)) > MARKER_MAX_AGE_MS) return false;
  return timingSafeEqual(encoder.encode(signed), encoder.encode(signature(secret, stamp)));
}

/** By a key of its own, so that markers, which shadows see, say nothing about the keys of redaction. */
function signature(secret: string, stamp: string): string {
  const key = createHmac("sha256", secret).update("marker").digest("hex");
  return createHmac("sha256", key).update(stamp).digest("hex");
}
