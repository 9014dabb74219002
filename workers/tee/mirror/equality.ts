/**
 * Whether two captured answers are equal byte for byte: status, body, and every header that should be. Never says so where the
 * comparison would find a difference, so that such pairs can be settled here without ever becoming text.
 */
import { timingSafeEqual } from "node:crypto";
import { volatileHeaderReason } from "../../../core/noise/header-noise.ts";
import type { Seen } from "../capture/answer.ts";
import { STAMP_HEADER } from "./stamp.ts";

/** Header names come from shadows too; when there are too many, all are forgotten. */
const MAX_NAMES = 1_000;

/** Names of headers that differ between any two answers. */
const volatile = new Map<string, boolean>([[STAMP_HEADER, true]]);

/** A cut body is never equal: nobody saw its end. */
export function isEqualAnswer(one: Seen, other: Seen): boolean {
  if (one.truncated || other.truncated || one.status !== other.status || one.bodyBytes !== other.bodyBytes)
    return false;
  return isEqualBytes(one.bytes, other.bytes) && steadyHeaders(one.headers) === steadyHeaders(other.headers);
}

/** Natively; that its time does not depend on the content is no matter here. */
function isEqualBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && (one.byteLength === 0 || timingSafeEqual(one, other));
}

/** Names and values of the headers that should be equal, in the order of their names. No value has a line break in it. */
function steadyHeaders(headers: Headers): string {
  let text = "";
  for (const [name, value] of headers) if (!isVolatile(name)) text += `${name}:${value}\n`;
  return text;
}

function isVolatile(name: string): boolean {
  const known = volatile.get(name);
  if (known !== undefined) return known;
  if (volatile.size >= MAX_NAMES) volatile.clear();
  const answer = name === STAMP_HEADER || volatileHeaderReason(`header:${name}`) !== null;
  volatile.set(name, answer);
  return answer;
}
