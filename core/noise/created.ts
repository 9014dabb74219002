/**
 * Ids of what a request has just made: two stores count for themselves. Known are the place where the answer names the new
 * thing, and `Location`; whoever else is named (an owner, a product) stays another identity.
 */
import type { Difference } from "../compare/difference.ts";
import { excerptText, excerptType } from "../compare/excerpt-value.ts";
import { wordsOf } from "../compare/names.ts";
import type { Scene } from "../compare/rules/rule.ts";
import { isIdLike } from "../pair/id-like.ts";
import { type Clock, clockOf, epochOf, isMomentOfAnswer, type Moments, NEAR_MS } from "./clock.ts";
import { type HostsOf, withoutOwnHosts } from "./own-host.ts";
import { isOfStanding } from "./stability.ts";

/** A new id, on both sides. */
type MadeId = readonly [reference: string, shadow: string];

/** What a request made, as far as both answers say. */
export interface Made {
  readonly ids: readonly MadeId[];
  /** Patterns of elements that point back to it: parts that were made with it. */
  readonly parts: ReadonlySet<string>;
  /** Null where nothing was made. */
  readonly called: Called | null;
}

/** What the answer may call it: `order` for `POST /orders`; the field of a mutation. */
interface Called {
  readonly resource: string;
  readonly mutation: string | null;
}

const NOTHING: Made = { ids: [], parts: new Set(), called: null };

/** A shorter id inside a text needs a sign before it: `/57`, `#57`, `order 57`. */
const MIN_BARE_CHARS = 4;
/** Ids inside a text that are looked for. */
const MAX_MADE = 20;

/** Bodies wrap what they are about in these. */
const WRAPPER = /^(?:data|result|results|item|response|payload|resource|object|record|created|entity|attributes)$/i;
const ID = /^(?:id|_id|uuid|guid|pk)$/i;
const NUMBER = new Set("id uuid guid number no nr ref reference code key token slug".split(" "));
/** Numbers that are drawn for people to quote. */
const QUOTED = new Set("ticket receipt confirmation tracking barcode awb".split(" "));
/** Parameters of a redirect that name what was made. */
const TARGET =
  /^header:location\?(?:\w*[_-])?(?:id|uuid|guid|ref|reference|order|payment|booking|reservation|transaction|checkout|invoice|cart|flow|session)(?:_?(?:id|no|number))?$/i;
/** Mutations of what there was. */
const CHANGES =
  /^(?:update|delete|remove|set|edit|change|cancel|archive|like|follow|unfollow|log|sign|mark|move|rename|verify|reset|enable|disable|toggle)(?=$|[A-Z_])/;

/** The request made something on both sides: answered so, or the answer carries the time at which it was made. */
function isMade({ pair, reference, shadow }: Scene, moments: Moments): boolean {
  if (!/^(?:POST|PUT)$/i.test(pair.request.method) || reference.status !== shadow.status) return false;
  const { status } = reference;
  if (status === 201) return true;
  if (!/^POST$/i.test(pair.request.method)) return false;
  if (status === 202 || status === 303 || status === 302) return true;
  return (
    status === 200 && (mutationOf(pair.request.body) !== null || saysMadeNow([reference.body, shadow.body], moments))
  );
}

const MADE_AT =
  /"(?:created|placed|submitted|inserted|date_?created)_?(?:at|on|time|date)?"\s*:\s*(?:"([^"]{8,40})"|(\d{10,19}))/i;

/** `"created_at"` with the time of the answer, on both sides. */
function saysMadeNow(bodies: readonly string[], moments: Moments): boolean {
  const [left, right] = bodies.map((body) => {
    const [, text = "", number = ""] = MADE_AT.exec(body) ?? [];
    return text === "" ? epochOf(number) : clockOf(text);
  });
  return left != null && right != null && isNow(left, moments) && isMomentOfAnswer(left, right, moments);
}

function isNow({ time }: Clock, { reference, shadow }: Moments): boolean {
  return Math.abs(time - (reference ?? shadow ?? time)) <= NEAR_MS;
}

/** The first field of a GraphQL mutation, unless it changes what there was; null for other requests. */
function mutationOf(body: string | null): string | null {
  const field = /"query"\s*:\s*"(?:\s|\\n)*mutation\b[^{]*\{(?:\s|\\n)*(?:\w+\s*:\s*)?(\w+)/.exec(body ?? "")?.[1];
  return field === undefined || CHANGES.test(field) ? null : field;
}

/** The ids of what was made, by the places that name it. */
export function madeOf(differences: readonly Difference[], scene: Scene, moments: Moments): Made {
  if (!isMade(scene, moments)) return NOTHING;
  const called = { resource: resourceOf(scene), mutation: mutationOf(scene.pair.request.body) };
  const own = differences.filter((difference) => isOwnId(difference, called)).map(idsOf);
  const ids = [placesOf(scene), ...own].flatMap((found) => (found === null ? [] : [found])).slice(0, MAX_MADE);
  const back = differences.filter((one) => isElement(one) && namesAnId(one.pattern) && isOneOf(one, ids));
  return { ids, parts: new Set(back.map(({ pattern }) => parentOf(pattern))), called };
}

function isElement({ pattern }: Difference): boolean {
  return pattern.includes("[*].");
}

function parentOf(pattern: string): string {
  return pattern.slice(0, pattern.lastIndexOf("."));
}

function isOneOf({ reference, shadow }: Difference, ids: readonly MadeId[]): boolean {
  const [left, right] = [excerptText(reference), excerptText(shadow)];
  return ids.some(([first, second]) => left === first && right === second);
}

/** `order` for `/v1/orders`, and for a mutation `createOrder`; empty where the path says nothing. */
function resourceOf({ pair }: Scene): string {
  const mutation = mutationOf(pair.request.body);
  if (mutation !== null) return wordsOf(mutation).slice(1).join("") || mutation;
  const [path = ""] = pair.request.path.split("?", 1);
  const last = path.split("/").findLast((part) => part !== "" && !isIdLike(part)) ?? "";
  return singular(wordsOf(last).join(""));
}

function singular(word: string): string {
  return word
    .replace(/ies$/, "y")
    .replace(/(?<=(?:s|x|ch|sh))es$/, "")
    .replace(/(?<=[^s])s$/, "");
}

/** `$.id`, `$.data.id`, `$.order.number`, `$.orderId`, `$.data.createOrder.order.id`. */
function isOwnId({ part, kind, pattern }: Difference, { resource, mutation }: Called): boolean {
  // Where a redirect leads with a parameter for what was made.
  if (part === "header") return TARGET.test(pattern) && !isOfStanding(pattern.replace("?", "."));
  if (kind !== "value") return false;
  const plain = pattern.replace(/\["@(\w+)"\]$/, ".$1").replaceAll("[*]", "");
  const steps = /^\$((?:\.[A-Za-z_]\w*)+)$/.exec(plain)?.[1]?.split(".").slice(1) ?? [];
  const leaf = steps.at(-1) ?? "";
  const around = steps.slice(0, -1);
  if (!around.every((step) => isItself(step, { resource, mutation }))) return false;
  return ID.test(leaf) || isNumberName(leaf, resource);
}

/** `orderNumber` of an order, a `ticket`, a bare `reference`. */
function isNumberName(leaf: string, resource: string): boolean {
  const words = wordsOf(leaf);
  const last = words.at(-1) ?? "";
  const named = words.slice(0, -1).join("");
  if (QUOTED.has(last) || QUOTED.has(named)) return true;
  return NUMBER.has(last) && (named === resource || (named === "" && last !== "code" && last !== "key"));
}

function isItself(step: string, { resource, mutation }: Called): boolean {
  return WRAPPER.test(step) || step === mutation || (resource !== "" && wordsOf(step).join("") === resource);
}

/** Both ids in one form: numbers above zero, or words of the same make. */
function idsOf({ reference, shadow }: Difference): MadeId | null {
  const [left, right] = [excerptText(reference), excerptText(shadow)];
  if (left === null || right === null || excerptType(reference) !== excerptType(shadow)) return null;
  return areAlike(left, right) ? [left, right] : null;
}

function areAlike(left: string, right: string): boolean {
  if ([left, right].some((text) => !/^[\w.:~-]{1,80}$/.test(text) || /^0*$/.test(text))) return false;
  if (/^\d+$/.test(left)) return /^\d+$/.test(right);
  if (left.replaceAll(/\d+/g, "0") === right.replaceAll(/\d+/g, "0")) return true;
  const opaque = [left, right].every((text) => /\d|[a-z][A-Z]|[A-Z]{2}.*[a-z]/.test(text));
  return opaque && Math.abs(left.length - right.length) <= 2;
}

/** The last segments of both `Location`s, where the rest of them is equal. */
function placesOf({ reference, shadow }: Scene): MadeId | null {
  const [left, right] = [reference, shadow].map(
    ({ headers }) => [headers["location"] ?? []].flat()[0]?.split(/[?#]/)[0] ?? "",
  );
  const [first, second] = [left, right].map((text) => text?.split("/").findLast((step) => step !== "") ?? "");
  if (first === undefined || second === undefined || first === second) return null;
  return isIdLike(first) && isIdLike(second) && areAlike(first, second) ? [first, second] : null;
}

/** Why a value that counts for itself follows from the new id: it is one, or names it; null when it does not. */
export function madeReason(difference: Difference, { ids, parts, called }: Made, pair: HostsOf): string | null {
  const [reference, shadow] = [excerptText(difference.reference), excerptText(difference.shadow)];
  if (reference === null || shadow === null || called === null) return null;
  const { pattern } = difference;
  const isPart = parts.has(parentOf(pattern)) && ID.test(pattern.slice(parentOf(pattern).length + 1));
  if ((isPart || isOwnId(difference, called)) && idsOf(difference) !== null) return MADE;
  if (isOneOf(difference, ids)) return namesAnId(pattern) ? MADE : null;
  return isEqualApartFrom(withoutOwnHosts(reference, shadow, pair), ids) ? "both name what was just made" : null;
}

const MADE = "both are ids of what was just made";

function namesAnId(pattern: string): boolean {
  const last = wordsOf(/[\w-]+$/.exec(pattern)?.[0] ?? "").at(-1) ?? "";
  return NUMBER.has(last) || pattern === "header:location";
}

function isEqualApartFrom([left, right]: MadeId, made: readonly MadeId[]): boolean {
  let [first, second] = [left, right];
  for (const [was, is] of made) [first, second] = [without(first, was), without(second, is)];
  return first === second && first.includes("\u0000");
}

function without(text: string, id: string): string {
  const escaped = id.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const before = id.length < MIN_BARE_CHARS ? String.raw`(?<=[/#=:]|[A-Za-z]{3,} (?:#|no\.? ?)?)` : "(?<![A-Za-z0-9])";
  return text.replaceAll(new RegExp(`${before}${escaped}(?![A-Za-z0-9])`, "g"), "\u0000");
}
