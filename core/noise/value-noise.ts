/**
 * Why another value is no news: both are the time of their answer, both are tokens made anew, both link to their own host.
 * Judged by what the values are; a field's name supports that and never stands alone.
 */
import type { Difference } from "../compare/difference.ts";
import { bothNumbers, bothStrings } from "../compare/excerpt-value.ts";
import { isIdName, isTimeName, isVolatileName, leafName } from "../compare/names.ts";
import { redactedValue } from "../compare/redacted.ts";
import { clockOf, epochOf, isMomentOfAnswer } from "./clock.ts";
import { embeddedReason } from "./embedded.ts";
import type { Evidence } from "./evidence.ts";
import { isSameTarget, withoutOwnHosts } from "./own-host.ts";
import { SHORT_TOKEN, sharedClass, VOLATILE_CLASSES } from "./volatile.ts";

export function valueNoise(difference: Difference, evidence: Evidence): string | null {
  const numbers = bothNumbers(difference);
  if (numbers !== null) return numberNoise(numbers, difference, evidence);
  const texts = bothStrings(difference);
  return texts === null ? null : textNoise(texts, difference, evidence);
}

/** A number is a time only where its name says so; other numbers move for reasons only second answers show. */
function numberNoise(
  [reference, shadow]: readonly [string, string],
  difference: Difference,
  evidence: Evidence,
): string | null {
  if (!isTimeName(leafName(difference.pattern))) return null;
  return momentReason(epochOf(reference), epochOf(shadow), evidence);
}

function textNoise(
  [reference, shadow]: readonly [string, string],
  difference: Difference,
  evidence: Evidence,
): string | null {
  // Excerpts that look alike stand for values that are not: what differs cannot be seen here.
  if (reference === shadow) return null;
  if (redactedValue(reference) !== null || redactedValue(shadow) !== null) return redactedNoise(reference, shadow);
  const moment = momentReason(clockOf(reference), clockOf(shadow), evidence);
  if (moment !== null) return moment;
  if (reference.endsWith("…") || shadow.endsWith("…")) return null;
  const token = tokenNoise([reference, shadow], difference, evidence);
  if (token !== null) return token;
  const [left, right] = withoutOwnHosts(reference, shadow, evidence.scene.pair.request);
  const redirect = difference.path === "header:location";
  if (left === right || (redirect && isSameTarget(left, right))) return "each side links to its own host";
  return embeddedReason(left, right, { moments: evidence.moments, anyToken: makesAnew(evidence) });
}

/** Hashes made with two keys cannot be compared at all. */
function redactedNoise(reference: string, shadow: string): string | null {
  const [left, right] = [redactedValue(reference), redactedValue(shadow)];
  if (left === null || right === null || left.keyId === right.keyId) return null;
  return "both values are redacted with different keys and cannot be compared";
}

function momentReason(
  reference: ReturnType<typeof clockOf>,
  shadow: ReturnType<typeof clockOf>,
  evidence: Evidence,
): string | null {
  if (reference === null || shadow === null) return null;
  return isMomentOfAnswer(reference, shadow, evidence.moments) ? "both are the time of their own answer" : null;
}

/**
 * Tokens are noise unless something says that they should be stable: a second answer that kept the value, or, where nobody
 * asked twice, the name of an id in an answer that makes nothing new.
 */
function tokenNoise(
  [reference, shadow]: readonly [string, string],
  difference: Difference,
  evidence: Evidence,
): string | null {
  const name = leafName(difference.pattern);
  const volatile = isVolatileName(name);
  const shared = sharedClass(reference, shadow, volatile ? [...VOLATILE_CLASSES, SHORT_TOKEN] : VOLATILE_CLASSES);
  if (shared === null) return null;
  const reason = `both are ${shared.plural}, made anew for each answer`;
  if (volatile || shared.id === "jwt" || makesAnew(evidence)) return reason;
  return evidence.scene.hasSecond || isIdName(name) ? null : reason;
}

/** A request that is not safe may make new things, whose ids nobody can foresee. */
function makesAnew({ scene }: Evidence): boolean {
  return !/^(?:GET|HEAD|OPTIONS)$/i.test(scene.pair.request.method);
}
