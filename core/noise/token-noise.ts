/**
 * Why another token is no news. Tokens are noise unless something says that they should be stable: second answers that kept
 * the value, the name of an id in an answer that makes nothing new, or what the token carries.
 */
import type { Difference } from "../compare/difference.ts";
import { isIdName, isVolatileName, leafName } from "../compare/names.ts";
import { requestNames } from "../compare/rules/request-names.ts";
import { readable, saySameClaims } from "./decoded.ts";
import { embeddedReason } from "./embedded.ts";
import type { Evidence } from "./evidence.ts";
import { areLabelledIds, areRequestIds, areTags, isEntityTagName, isRevisionName } from "./opaque.ts";
import { areDrawnApart } from "./randomness.ts";
import { isOfContent, isOfSide, isOfStanding, isPosition } from "./stability.ts";
import { NUMERIC_ID, SHORT_TOKEN, sharedClass, VOLATILE_CLASSES } from "./volatile.ts";

type Both = readonly [string, string];

/** A request that is not safe may make new things, whose ids nobody can foresee; a GraphQL query makes none. */
export function makesAnew({ scene }: Evidence): boolean {
  const { method, body } = scene.pair.request;
  return !/^(?:GET|HEAD|OPTIONS)$/i.test(method) && !GRAPHQL_QUERY.test(body ?? "");
}

const GRAPHQL_QUERY = /^\s*\{(?:[^{}]{0,200},)?\s*"query"\s*:\s*"(?:\s|\\n)*(?:query\b|\{)/;

/** An answer that only says what went wrong tells of nobody but itself, unless it names what was asked for. */
export function isOwnError({ scene }: Evidence, reference: string): boolean {
  const { pair, reference: first, shadow } = scene;
  if (first.status < 400 || shadow.status !== first.status) return false;
  return ![...requestNames(pair.request)].some((name) => name.length >= MIN_NAMED_CHARS && reference.includes(name));
}

/** A shorter name stands in any text. */
const MIN_NAMED_CHARS = 6;

/** A reason; null when the token counts, undefined where the texts are no tokens. */
export function tokenReason(texts: Both, difference: Difference, evidence: Evidence): string | null | undefined {
  const name = difference.part === "header" ? difference.pattern.slice("header:".length) : leafName(difference.pattern);
  const [reference, shadow] = texts;
  const opaque = opaqueReason(texts, { name, difference, evidence });
  if (opaque !== null) return opaque;
  const shared = sharedClass(reference, shadow, classesFor(name));
  if (shared === null) return undefined;
  const reason = `both are ${shared.plural}, made anew for each answer`;
  if (shared.id === "jwt") return saySameClaims(reference, shadow) ? reason : null;
  const said = [readable(reference), readable(shadow)] as const;
  if (said[0] !== null && said[1] !== null) return carriedReason([said[0], said[1]], { name, difference, evidence });
  const edited = DRAWN_WHOLE.has(shared.id) && !isVolatileName(name) && !areDrawnApart(reference, shadow);
  const stable = edited || isStable({ name, difference, evidence });
  if (stable && !isOwnError(evidence, reference)) return null;
  return reason;
}

/** Classes whose values are random from end to end: neither the time nor a counter stands in them. */
const DRAWN_WHOLE: ReadonlySet<string> = new Set(["token", "hex", "integrity", "fingerprint"]);

/** Where the name and the place say what it is; also of numbers. */
export function opaqueReason(texts: Both, { name, difference, evidence }: Carrier): string | null {
  const kept = (): boolean => evidence.kept(difference, difference.kind);
  if (isEntityTagName(name) && areTags(texts)) return "both are opaque versions of what is compared itself";
  if (isRevisionName(name) && areTags(texts) && !kept()) return "both are revisions that a database counts";
  if (areLabelledIds(texts) && !kept()) return "both name an id of one request each";
  const ofRequest = areRequestIds(difference.pattern, name, texts) || isIdHeader(texts, difference);
  if (!ofRequest || kept()) return null;
  return isNamed(texts[0], evidence) ? null : "both are ids of one request each";
}

/** `x-export-id`: long enough to be drawn, and of nobody who was there before. */
function isIdHeader(texts: Both, { part, pattern }: Difference): boolean {
  if (part !== "header" || !/^header:x-[\w-]+-(?:id|no|number)$/.test(pattern) || isOfStanding(pattern)) return false;
  return texts.every((text) => /^(?=.*\d)[\w-]{8,64}$/.test(text));
}

/** What the request asked for by name, or of which the path speaks (`/leave-requests/17`), is no id of the request. */
function isNamed(reference: string, { scene }: Evidence): boolean {
  const { request } = scene.pair;
  return /request|trace|log/i.test(request.path.split("?")[0] ?? "") || requestNames(request).has(reference);
}

function classesFor(name: string): typeof VOLATILE_CLASSES {
  if (!isVolatileName(name) && !isOfSide(name)) return VOLATILE_CLASSES;
  return isOfSide(name) ? [...VOLATILE_CLASSES, SHORT_TOKEN, NUMERIC_ID] : [...VOLATILE_CLASSES, SHORT_TOKEN];
}

/** Each side makes these for itself, so that a second answer of the same side says nothing; others it keeps or does not. */
function isStable({ name, difference, evidence }: Carrier): boolean {
  const kept = evidence.kept(difference, difference.kind);
  if (isOfContent(name)) return kept;
  if (isOfSide(name)) return false;
  if (makesAnew(evidence)) return isOfStanding(difference.pattern);
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
