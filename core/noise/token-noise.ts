/**
 * Why another token is no news. Tokens are noise unless something says that they should be stable: second answers that kept
 * the value, the name of an id in an answer that makes nothing new, or what the token carries.
 */
import type { Difference } from "../compare/difference.ts";
import { isIdName, isVolatileName, leafName } from "../compare/names.ts";
import { readable, saySameClaims } from "./decoded.ts";
import { embeddedReason } from "./embedded.ts";
import type { Evidence } from "./evidence.ts";
import { isOfContent, isOfSide, isPosition } from "./stability.ts";
import { NUMERIC_ID, SHORT_TOKEN, sharedClass, VOLATILE_CLASSES } from "./volatile.ts";

type Both = readonly [string, string];

/** A request that is not safe may make new things, whose ids nobody can foresee. */
export function makesAnew({ scene }: Evidence): boolean {
  return !/^(?:GET|HEAD|OPTIONS)$/i.test(scene.pair.request.method);
}

/** A reason, or null when the token counts. */
export function tokenReason(texts: Both, difference: Difference, evidence: Evidence): string | null {
  const name = difference.part === "header" ? difference.pattern.slice("header:".length) : leafName(difference.pattern);
  const [reference, shadow] = texts;
  const shared = sharedClass(reference, shadow, classesFor(name));
  if (shared === null) return null;
  const reason = `both are ${shared.plural}, made anew for each answer`;
  if (shared.id === "jwt") return saySameClaims(reference, shadow) ? reason : null;
  const said = [readable(reference), readable(shadow)] as const;
  if (said[0] !== null && said[1] !== null) return carriedReason([said[0], said[1]], { name, difference, evidence });
  if (isStable(name, difference, evidence)) return null;
  return reason;
}

function classesFor(name: string): typeof VOLATILE_CLASSES {
  if (!isVolatileName(name)) return VOLATILE_CLASSES;
  return isOfSide(name) ? [...VOLATILE_CLASSES, SHORT_TOKEN, NUMERIC_ID] : [...VOLATILE_CLASSES, SHORT_TOKEN];
}

/** Each side makes these for itself, so that a second answer of the same side says nothing; others it keeps or does not. */
function isStable(name: string, difference: Difference, evidence: Evidence): boolean {
  const kept = evidence.kept(difference, difference.kind);
  if (isOfContent(name)) return kept;
  if (isOfSide(name)) return false;
  if (makesAnew(evidence)) return false;
  if (isVolatileName(name)) return kept && !isPosition(name);
  return kept || isIdName(name);
}

interface Carrier {
  readonly name: string;
  readonly difference: Difference;
  readonly evidence: Evidence;
}

/** What a cursor or another encoded text carries is compared like any text; an opaque position may be another one. */
function carriedReason([reference, shadow]: Both, { name, difference, evidence }: Carrier): string | null {
  const inside =
    reference === shadow
      ? "says the same"
      : embeddedReason(reference, shadow, { moments: evidence.moments, anyToken: makesAnew(evidence) });
  if (inside !== null) return `what it encodes ${inside}`;
  const loose = isPosition(name) || isOfSide(name);
  return loose && !evidence.kept(difference, difference.kind) ? "both are positions, encoded for each answer" : null;
}
