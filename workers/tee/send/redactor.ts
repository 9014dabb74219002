/**
 * Redaction as the tee does it: the keyed hash, one key per repository and month, derived from the operator's secret, so that
 * tokens can be joined neither across repositories nor for ever; and the rules of a deployment, made once for a table.
 */
import { createHmac } from "node:crypto";
import { DEFAULT_RULES, type RedactionRules, rulesOf } from "../../../core/redact/rules.ts";
import type { Redactor } from "../../../core/redact/token.ts";
import type { RedactSettings } from "../../../core/wire/target.ts";

/** Hex digits of a token's hash: 64 bits, far from accidental equality within one deployment. */
const HASH_DIGITS = 16;
const KEY_ID_DIGITS = 8;

/** A key holds for 30 days: longer than most deployments live, and a token of last year says nothing about this year's. */
export const KEY_PERIOD_MS = 30 * 86_400_000;

/** Repositories of one operator and their settings in use at a time; when there are more, the caches start anew. */
const MAX_CACHED = 64;

/** Deriving a key costs as much as a hundred tokens. */
const redactors = new Map<string, Redactor>();

/**
 * The redactor for a pair of this repository that was captured at this Unix time in milliseconds: one pair, one key. Its id is
 * part of every token. Throws where the operator has given no secret: then nothing may be sent.
 */
export function redactorFor(repoId: number, secret: string, capturedAt: number): Redactor {
  if (secret === "")
    throw new Error("SHADOW_INFRA_REDACTION_KEY is empty: nothing can be redacted, so nothing is sent");
  const period = Math.floor(capturedAt / KEY_PERIOD_MS);
  return cached(redactors, `${repoId} ${period} ${secret}`, () => derived(`redaction:${repoId}:${period}`, secret));
}

function derived(purpose: string, secret: string): Redactor {
  const key = hmac(secret, purpose);
  return {
    keyId: hmac(key, "key id").slice(0, KEY_ID_DIGITS),
    hash: (text) => hmac(key, text).slice(0, HASH_DIGITS),
  };
}

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

const rules = new Map<string, RedactionRules>();

/**
 * The rules of a deployment's settings. The engine for patterns is loaded only where there are any. Rejects where a pattern
 * cannot be run: then nothing of this deployment may be sent, because what should be hidden would not be.
 */
export function rulesFor(settings: RedactSettings): RedactionRules | Promise<RedactionRules> {
  const { names, patterns, shapeOnly, phones } = settings;
  if (names.length === 0 && patterns.length === 0 && !shapeOnly && !phones) return DEFAULT_RULES;
  const key = JSON.stringify([names, patterns, shapeOnly, phones]);
  return rules.get(key) ?? madeRules(settings, key);
}

/** What is kept is the outcome: no request may wait for another one's promise. */
async function madeRules(settings: RedactSettings, key: string): Promise<RedactionRules> {
  const engine = settings.patterns.length === 0 ? undefined : await import("./patterns.ts");
  const made = rulesOf(settings, engine?.compilePattern);
  if (!made.ok) throw new Error(`a redaction pattern cannot be run, so nothing is sent: ${made.detail}`);
  return cached(rules, key, () => made.value);
}

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}
