/**
 * Secrets inside running text, whatever carries it: paths, headers, strings of JSON, whole bodies. Text is looked at as what
 * it may be: JSON, names beside values, values of a known form, and words that encode another text, in which all this
 * may stand again.
 */
import { redactPercent } from "./encoded.ts";
import { redactJson } from "./json.ts";
import { redactNamed } from "./named.ts";
import type { Carrier, Redaction } from "./redaction.ts";
import { betweenTokens, replaceSpans } from "./spans.ts";
import { BRACKET, isTelling, MIN_WORD_CHARS, PERCENT, PLUS, SIGN, type Traits, traitsOf } from "./traits.ts";
import { redactValues } from "./values.ts";
import { redactWords } from "./words.ts";

/** Text inside text inside text is followed that deep. */
const MAX_DEPTH = 5;

/**
 * What is taken out changes what stands beside it: two addresses of mail with a plus sign between them are one word until the
 * first is gone. So a text that changed is read again until nothing changes, up to that often; where it still does, it goes whole.
 */
const MAX_READINGS = 5;

/** Inside of more carriers once is enough: the text around is read again. */
const MAX_DEPTH_READ_AGAIN = 1;

export function redactText(text: string, redaction: Redaction, carrier: Carrier = {}): string {
  let before = text;
  let after = readOnce(text, redaction, carrier);
  if ((carrier.depth ?? 0) > MAX_DEPTH_READ_AGAIN) return after;
  for (let reading = 1; after !== before; reading += 1) {
    if (reading >= MAX_READINGS) return redaction.replace("string", text);
    before = after;
    after = readOnce(before, redaction, carrier);
  }
  return after;
}

function readOnce(text: string, redaction: Redaction, { depth = 0, plus = false }: Carrier): string {
  const own = redaction.rules.patterns.length === 0 ? text : redactPatterns(text, redaction);
  const traits = traitsOf(own);
  const tells = isTelling(traits) || (plus && (traits.bits & PLUS) !== 0) || redaction.rules.phones;
  return tells && depth <= MAX_DEPTH ? redactTelling(own, traits, { redaction, depth, plus }) : own;
}

interface Reading {
  readonly redaction: Redaction;
  readonly depth: number;
  readonly plus: boolean;
}

function redactTelling(text: string, traits: Traits, { redaction, depth, plus }: Reading): string {
  const inner = (decoded: string) => redactText(decoded, redaction, { depth: depth + 1 });
  const json =
    (traits.bits & BRACKET) !== 0 && looksLikeJson(text) ? redactJson(text, redaction, { depth }) : undefined;
  if (json?.broken === false) return json.text;
  const maybeNamed = json?.text ?? text;
  // `--token x` is the one notation without a sign.
  const hasSign = (traits.bits & SIGN) !== 0 || text.includes("--");
  const named = hasSign ? redactNamed(maybeNamed, redaction) : maybeNamed;
  const known = redactValues(named, traits, redaction);
  const isEncoded = (traits.bits & PERCENT) !== 0 || (plus && (traits.bits & PLUS) !== 0);
  const decoded = isEncoded ? redactPercent(known, redaction, { inner, plus }) : known;
  return traits.longestWord >= MIN_WORD_CHARS ? redactWords(decoded, redaction, inner) : decoded;
}

/** A list or an object with something in it; prose in brackets is not worth the reading. */
function looksLikeJson(text: string): boolean {
  return /^[\s\uFEFF]{0,8}(?:\{\s{0,64}"|\[\s{0,64}["{[\d])/.test(text);
}

/** What a user's patterns match goes first, so that nothing of ours hides it from them. */
function redactPatterns(text: string, redaction: Redaction): string {
  const replace = (value: string) => redaction.replace("string", value);
  return redaction.rules.patterns.reduce(
    (result, find) => betweenTokens(result, (part) => replaceSpans(part, find(part), replace)),
    text,
  );
}
