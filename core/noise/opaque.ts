/**
 * Ids of one request and versions of a document, in forms that chance alone does not show: counters, short words, letters
 * without a digit. Here the name and the place decide, so both must be plain: an envelope, not the data in it.
 */
import { wordsOf } from "../compare/names.ts";

/** `requestId`, `trace`, `rid`; words of nobody's trade but a server's. */
const OF_REQUEST = new Set(
  "request req trace span correlation rid reqid requestid traceid spanid correlationid log logid logref ray rayid".split(
    " ",
  ),
);
const ID = new Set("id uuid guid key token number no".split(" "));
const WHOLE = new Set("trace span rid reqid requestid traceid spanid correlationid logid logref ray rayid".split(" "));

/** `$.requestId`, `$.meta.requestId`, `$.errors[*].trace`; further down it is somebody's data. */
const ENVELOPE =
  /^(?:html [^$]*)?\$(?:\.[A-Za-z_][\w-]*|\["[\w-]+"\])?(?:\[\*\])?(?:\.[A-Za-z_@][\w-]*|\["[@\w-]+"\])(?:\["#text"\])?$/;

/** Headers of SOAP are about the message, whatever they name. https://www.w3.org/TR/ws-addr-core/#abstractmaps */
const MESSAGE_HEADER =
  /^\$(?:\.|\[")(?:[\w-]+:)?Envelope(?:"\])?(?:\.|\[")(?:[\w-]+:)?Header(?:"\])?(?:\.|\[")[\w:-]+(?:"\])?(?:\["#text"\])?$/;
const OF_MESSAGE =
  /^(?:[\w-]+:)?(?:message_?id|relates_?to|(?:transaction|correlation|conversation|interaction|request|trace)_?id)$/i;

/** `meta[name=request-id] @content`, `body @data-request-id`. */
const PAGE = /^html > .*(?:meta\[name=[\w-]+\] @content|@data-[\w-]+)$/;

const OPAQUE = /^[\w.:/+=-]{4,128}$/;
const NUMBER = /^[1-9]\d{0,19}$/;

/** A name of an id of the request itself. */
export function isRequestIdName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  return words.some((word) => OF_REQUEST.has(word)) && (ID.has(last) || WHOLE.has(last));
}

/** Whether two texts or numbers under such a name in an envelope are ids of one request each. */
export function areRequestIds(pattern: string, name: string, [reference, shadow]: readonly [string, string]): boolean {
  const ofMessage = MESSAGE_HEADER.test(pattern) && OF_MESSAGE.test(name);
  if (!ofMessage && !(isRequestIdName(name) && (ENVELOPE.test(pattern) || PAGE.test(pattern)))) return false;
  if (NUMBER.test(reference)) return NUMBER.test(shadow);
  if (!OPAQUE.test(reference) || !OPAQUE.test(shadow)) return false;
  return isSameMake(reference, shadow) && (ofMessage || speaksOfId(name) || [reference, shadow].every(isMixed));
}

function speaksOfId(name: string): boolean {
  return wordsOf(name).some((word) => ID.has(word) || word.endsWith("id"));
}

function isMixed(text: string): boolean {
  return /\d|[a-z].*[A-Z]|[A-Z].*[a-z]/.test(text) && text.length >= 6;
}

function isSameMake(reference: string, shadow: string): boolean {
  const [short, long] = [Math.min(reference.length, shadow.length), Math.max(reference.length, shadow.length)];
  return short >= long * 0.75 && new Set(shadow).size > 2;
}

const TAGS = new Set("etag etags rowversion".split(" "));
const REVISIONS = new Set("_rev concurrencystamp concurrencytoken lockversion".split(" "));

/** RFC 9110, 8.8: an opaque version of what is compared itself. */
export function isEntityTagName(name: string): boolean {
  return /^_?e_?tag$/i.test(name) || wordsOf(name).some((word) => TAGS.has(word));
}

/** What databases call the version of a row; they give it on their own, and keep it. */
export function isRevisionName(name: string): boolean {
  return name === "_rev" || REVISIONS.has(wordsOf(name).join("")) || wordsOf(name).join(" ") === "row version";
}

/** Opaque on both sides, in one notation: digests of one length, counters as they are. */
export function areTags([reference, shadow]: readonly [string, string]): boolean {
  const [left, right] = [reference, shadow].map((text) => text.replace(/^W\//, "").replaceAll('"', ""));
  if (left === undefined || right === undefined || !isTag(left) || !isTag(right)) return false;
  // Digests have one length: another one is another function.
  const digests = [left, right].every((text) => /^[0-9a-f]{24,}$/i.test(text));
  return isSameMake(left, right) && weight(reference) === weight(shadow) && (!digests || left.length === right.length);
}

function isTag(text: string): boolean {
  return /^[\w+/=%:.~-]{4,160}$/.test(text) && !/^[a-z]+(?:[-_ ][a-z]+)*$/.test(text.replace(/^[a-f]+$/, "0"));
}

function weight(text: string): string {
  return text.startsWith("W/") ? "weak" : "strong";
}

/** `Request ID: 88121`, `request_id=8812`, `Your support ID is: 1122`: a sentence that says whose number it is. */
const LABELLED =
  /\b((?:request|req|trace|correlation|support|incident|ray|session|log|error)[ _-]?(?:id|no|number|ref|reference)(?: is)?[:=#]? ?)([\w-]{4,64})(?![\w-])/gi;

/** Both sentences are equal apart from ids of the request that they name so. */
export function areLabelledIds([reference, shadow]: readonly [string, string]): boolean {
  const [left, right] = [numbersIn(reference), numbersIn(shadow)];
  if (left.length === 0 || left.length !== right.length || left.length > MAX_LABELLED) return false;
  if (reference.replaceAll(LABELLED, "$1") !== shadow.replaceAll(LABELLED, "$1")) return false;
  return left.every((id, at) => /\d/.test(id) && /\d/.test(right[at] ?? "") && isSameMake(id, right[at] ?? ""));
}

const MAX_LABELLED = 10;

function numbersIn(text: string): readonly string[] {
  return [...text.matchAll(LABELLED)].map((match) => match[2] ?? "");
}
