/**
 * Why another value is no news: both are the time of their answer, both are tokens made anew, both link to their own host.
 * Judged by what the values are; a field's name supports that and never stands alone.
 */
import type { Difference } from "../compare/difference.ts";
import { bothNumbers, bothStrings } from "../compare/excerpt-value.ts";
import { leafName } from "../compare/names.ts";
import { redactedValue } from "../compare/redacted.ts";
import type { Pair } from "../pair/pair.ts";
import { assetReason } from "./asset.ts";
import { type Clock, clockOf, epochOf, isEquallyFar, isFine, isMomentOfAnswer } from "./clock.ts";
import { distanceOf, isProcessName, isSameDistance, isSameMeasure } from "./elapsed.ts";
import { embeddedReason } from "./embedded.ts";
import type { Evidence } from "./evidence.ts";
import { isCountdown } from "./header-noise.ts";
import type { Noise } from "./kind.ts";
import { areOwnPorts, isSameTarget, withoutOwnHosts } from "./own-host.ts";
import { rewrittenReason, sortedLinks } from "./rewritten.ts";
import { signedLinkReason, withoutSigning } from "./signed-link.ts";
import { isClockName, isClockPart, isExpiry, isOfSide } from "./stability.ts";
import { isOwnError, makesAnew, opaqueReason, tokenReason } from "./token-noise.ts";
import { NUMERIC_ID } from "./volatile.ts";

type Both = readonly [string, string];

/** Null when the value counts, as far as it can tell for itself. */
export function valueNoise(difference: Difference, evidence: Evidence): Noise | null {
  const host = hostNoise(difference, evidence);
  if (host !== null || evidence.mode === "exact") return host;
  const numbers = bothNumbers(difference);
  if (numbers !== null) return volatile(numberReason(numbers, difference, evidence));
  const texts = bothStrings(difference);
  return texts === null ? null : volatile(textReason(texts, difference, evidence));
}

interface NameFacts {
  readonly process: boolean;
  readonly side: boolean;
  readonly clock: boolean;
}

/** Of the field or header under which a value stands. */
function nameFacts({ scene }: Evidence, { part, pattern }: Difference): NameFacts {
  const known = factsOf(scene.pair);
  const found = known.get(pattern);
  if (found !== undefined) return found;
  const name = part === "header" ? pattern.replace(/^header:(?:set-cookie:)?/, "") : leafName(pattern);
  const facts = {
    process: isProcessName(name),
    side: isOfSide(name),
    clock: isClockName(name) || isClockPart(pattern),
  };
  known.set(pattern, facts);
  return facts;
}

/** Thousands of differences share a pattern: its name is read once per pair. */
const FACTS = new WeakMap<Pair, Map<string, NameFacts>>();

function factsOf(pair: Pair): Map<string, NameFacts> {
  const known = FACTS.get(pair) ?? new Map<string, NameFacts>();
  FACTS.set(pair, known);
  return known;
}

function volatile(reason: string | null): Noise | null {
  return reason === null ? null : { reason, by: "volatile" };
}

function hostNoise(difference: Difference, { scene }: Evidence): Noise | null {
  const own: Noise = { reason: "each side links to its own host", by: "own-host" };
  const numbers = bothNumbers(difference);
  if (numbers !== null) return areOwnPorts(numbers, scene.pair) ? own : null;
  const texts = bothStrings(difference);
  if (texts === null || texts[0] === texts[1] || isCut(texts)) return null;
  const [left, right] = withoutOwnHosts(texts[0], texts[1], scene.pair);
  const redirect = difference.path === "header:location";
  return left === right || (redirect && isSameTarget(left, right)) ? own : null;
}

/** A number is a time or a measure only where its name says so; others move for reasons only second answers show. */
function numberReason(numbers: Both, difference: Difference, evidence: Evidence): string | null {
  const name = nameFacts(evidence, difference);
  if (name.process && isSameMeasure(...numbers)) return "the process speaks of itself";
  const opaque = opaqueReason(numbers, { name: leafName(difference.pattern), difference, evidence });
  if (opaque !== null) return opaque;
  if (name.side && numbers.every((text) => NUMERIC_ID.test(text))) return "both are ids made anew for each answer";
  if (/retry_?after/i.test(difference.pattern) && isCountdown(...numbers)) return "counts down";
  if (isFraction(numbers, difference.pattern)) return "both are a part of a second";
  return name.clock
    ? momentReason(numbers, [epochOf(numbers[0]), epochOf(numbers[1])], { difference, evidence })
    : null;
}

/** `nanos` beside `seconds`; its seconds count for themselves. */
function isFraction(numbers: Both, pattern: string): boolean {
  return (
    /\._?nano(?:s|seconds)$/.test(pattern) && isClockPart(pattern) && numbers.every((text) => /^\d{1,9}$/.test(text))
  );
}

function textReason(texts: Both, difference: Difference, evidence: Evidence): string | null {
  const [reference, shadow] = texts;
  // Excerpts that look alike stand for values that are not: what differs cannot be seen here.
  if (reference === shadow) return null;
  if (redactedValue(reference) !== null || redactedValue(shadow) !== null) return redactedReason(texts);
  const same = isCut(texts) ? null : rewrittenReason(texts, difference.pattern);
  if (same !== null) return same;
  const name = nameFacts(evidence, difference);
  const clocks = clocksOf(texts, name.clock);
  const moment = momentReason(texts, clocks, { difference, evidence });
  // What is a time and not the answer's is no text with a time in it either.
  if (moment !== null || isCut(texts) || clocks.every((clock) => clock !== null)) return moment;
  if (name.process && isSameMeasure(reference, shadow)) return "the process speaks of itself";
  const token = tokenReason(texts, difference, evidence);
  // A whole token that counts is no text with a token in it either.
  if (token !== undefined) return token;
  const sorted = sortedLinks(texts);
  return linkReason(texts, difference, evidence) ?? (sorted === null ? null : linkReason(sorted, difference, evidence));
}

/** A text whose links, or other parts, are made anew. */
function linkReason(texts: Both, difference: Difference, evidence: Evidence): string | null {
  const [left, right] = withoutOwnHosts(...texts, evidence.scene.pair);
  return (
    signedLinkReason(left, right, evidence.moments) ??
    assetReason(difference.pattern, left, right) ??
    partsReason([left, right], difference, evidence)
  );
}

/** Links signed anew inside a text, and whatever else is volatile in it. */
function partsReason([reference, shadow]: Both, difference: Difference, evidence: Evidence): string | null {
  const { moments } = evidence;
  const rest = withoutSigning(reference, shadow, moments);
  if (rest !== null && rest[0] === rest[1]) return "differs only in links signed anew";
  const [left, right] = rest ?? [reference, shadow];
  const isPage = isNextPage(difference, evidence);
  const anyToken = isPage || makesAnew(evidence) || isOwnError(evidence, left);
  return embeddedReason(left, right, { moments, anyToken, named: isPage });
}

/** Links to other pages of a list carry a position, whatever they call it; one that second answers keep is no cursor. */
function isNextPage(difference: Difference, { kept }: Evidence): boolean {
  return (
    /(?:^header:link;|[.\s"])(?:next|prev|previous)(?:_?(?:page|link|url|href))*(?:\.href|"?\])?$/i.test(
      difference.pattern.replace("link;", "link; "),
    ) && !kept(difference, difference.kind)
  );
}

function isCut(texts: Both): boolean {
  return texts.some((text) => text.startsWith("…") || text.endsWith("…"));
}

function clocksOf([reference, shadow]: Both, named: boolean): readonly [Clock | null, Clock | null] {
  return [
    clockOf(reference) ?? (named ? epochOf(reference) : null),
    clockOf(shadow) ?? (named ? epochOf(shadow) : null),
  ];
}

/** Hashes made with two keys cannot be compared at all. */
function redactedReason([reference, shadow]: Both): string | null {
  const [left, right] = [redactedValue(reference), redactedValue(shadow)];
  if (left === null || right === null || left.keyId === right.keyId) return null;
  return "both values are redacted with different keys and cannot be compared";
}

/** A time that second answers repeat to the millisecond, or that many of them never moved, is stored: then it counts. */
function momentReason(
  texts: Both,
  [reference, shadow]: readonly [Clock | null, Clock | null],
  { difference, evidence }: { readonly difference: Difference; readonly evidence: Evidence },
): string | null {
  if (reference === null || shadow === null) return distanceReason(texts);
  if (evidence.keptLong(difference, "value") || (isFine(texts[0]) && evidence.kept(difference, "value"))) return null;
  if (isExpiry(difference.pattern) && !isEquallyFar([reference, shadow], evidence.moments)) return null;
  return isMomentOfAnswer(reference, shadow, evidence.moments) ? "both are the time of their own answer" : null;
}

function distanceReason([reference, shadow]: Both): string | null {
  const [left, right] = [distanceOf(reference), distanceOf(shadow)];
  return left !== null && right !== null && isSameDistance(left, right)
    ? "both are the time since something, a step apart"
    : null;
}
