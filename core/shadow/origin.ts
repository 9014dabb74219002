/**
 * Which addresses mirrored requests may be sent to. A shadow's address comes with a registration, and the tee calls it from
 * inside the edge: so it is held against what the operator allows, letter by letter. Whatever needs decoding, resolving or
 * guessing does not pass, because every URL parser guesses otherwise.
 */
import type { Result } from "../pair/result.ts";
import { isHostName, readSuffix, type SuffixReason } from "./suffixes.ts";

export interface OriginRules {
  /** The operator's setting: suffixes, and in local mode whole origins, separated by commas. */
  readonly allowed: string;
  /** The local start: this machine's own addresses pass as well, and addresses the operator lists as a whole. */
  readonly local: boolean;
}

export type OriginReason =
  | "origin-form"
  | "origin-not-https"
  | "origin-port"
  | "origin-address"
  | "origin-punycode"
  | "origin-elsewhere"
  | SuffixReason;

const LONGEST_ORIGIN_CHARS = 300;

/** This machine by the names and numbers everybody reads alike; not the hundred other spellings of 127.0.0.1. */
const LOOPBACK = /^(https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::([1-9][0-9]{0,4}))?)\/?$/;
const HIGHEST_PORT = 65_535;

const ORIGIN = /^(https?):\/\/([^/?#\\@:[\]\s%]+)(:[0-9]*)?\/?$/;

/** The origin in its one spelling (no slash at its end), or why nothing is mirrored there. */
export function readShadowOrigin(text: string, rules: OriginRules): Result<string, OriginReason> {
  if (text.length > LONGEST_ORIGIN_CHARS) return refused("origin-form");
  const entries = rules.allowed.split(",").map((entry) => entry.trim());
  const listed = entries.filter((entry) => entry !== "" && !entry.includes("://"));
  if (rules.local) {
    const [, loopback, port = "80"] = LOOPBACK.exec(text) ?? [];
    if (loopback !== undefined)
      return Number(port) <= HIGHEST_PORT ? { ok: true, value: loopback } : refused("origin-form");
    const whole = text.replace(/\/$/, "");
    if (whole !== "" && entries.includes(whole)) return { ok: true, value: whole };
  }
  return publicOrigin(text, listed);
}

function publicOrigin(text: string, listed: readonly string[]): Result<string, OriginReason> {
  const [, scheme, host = "", port] = ORIGIN.exec(text) ?? [];
  if (scheme === undefined) return refused(/^https?:\/\/\[/i.test(text) ? "origin-address" : "origin-form");
  if (scheme !== "https") return refused("origin-not-https");
  if (port !== undefined) return refused("origin-port");
  if (/^[0-9.]+$|(?:^|\.)(?:0x[0-9a-f]*|[0-9]+)$/i.test(host)) return refused("origin-address");
  if (!isHostName(host)) return refused("origin-form");
  return underSuffix(host, listed);
}

/** A suffix counts from a dot on: `evilshadow.example.com` is not under `shadow.example.com`, nor is the suffix itself. */
function underSuffix(host: string, listed: readonly string[]): Result<string, OriginReason> {
  let wrong: Result<string, OriginReason> | null = null;
  for (const entry of listed) {
    const suffix = readSuffix(entry);
    if (!suffix.ok) wrong ??= suffix;
    else if (host.endsWith(`.${suffix.value}`)) return belowSuffix(host, suffix.value);
  }
  return wrong ?? refused("origin-elsewhere");
}

/** What stands before the suffix is ours to build, and we build it without look-alikes of other alphabets. */
function belowSuffix(host: string, suffix: string): Result<string, OriginReason> {
  const own = host.slice(0, -suffix.length - 1).split(".");
  return own.some((label) => label.startsWith("xn--"))
    ? refused("origin-punycode")
    : { ok: true, value: `https://${host}` };
}

function refused(reason: OriginReason): Result<string, OriginReason> {
  return { ok: false, reason };
}
