/** The answer is about something else: the value that the request named, an id that production keeps, or a plain identity is another one. */
import { excerptText } from "../excerpt-value.ts";
import { isFieldPath, isIdentityName, isIdName, isPagePath, isVolatileName, leafName, outerName } from "../names.ts";
import { areOtherParties, isPartyName, isPartyReference } from "../people.ts";
import { pathOf, requestNames, segmentsOf } from "./request-names.ts";
import { type DifferenceRule, PROVEN_CRITICAL, type Scene } from "./rule.ts";
import { shown } from "./shown.ts";

type Both = readonly [reference: string, shadow: string];

export const identityChanged: DifferenceRule = {
  id: "identity-changed",
  title: "Identity changed",
  why: "The answer is about somebody or something else.",
  example: '`GET /users/42` answers with `"id": 43`',
  ...PROVEN_CRITICAL,
  fires: ({ part, kind, pattern, reference, shadow }, scene) => {
    if (part !== "body" || kind !== "value" || !(isFieldPath(pattern) || isPagePath(pattern))) return false;
    const [left, right] = [excerptText(reference), excerptText(shadow)];
    if (left === null || right === null || left === "" || isVolatileName(leafName(pattern))) return false;
    return (
      isAskedFor(pattern, [left, right], scene) ||
      isOtherId(pattern, [left, right], scene) ||
      isOtherParty(pattern, [left, right], scene)
    );
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and is ${shown(shadow)}: the answer is about something else.`,
};

/** A name by which a path may ask for something. */
const ASKED = /^(?:name|title|symbol|version|tag|country|city|language|locale|currency)$/i;
const TO_ITSELF = /^(?:self|@id|url|uri|href)$/i;

/** The request named what the reference answers with. */
function isAskedFor(pattern: string, [left, right]: Both, { pair: { request } }: Scene): boolean {
  if (!isFieldPath(pattern)) return false;
  const name = leafName(pattern);
  if (isIdName(name) || isIdentityName(name)) return requestNames(request).has(left);
  if (ASKED.test(name)) return !/^\d*$/.test(left) && segmentsOf(request).has(left);
  if (pathOf(left) === pathOf(right)) return false;
  const names = name === "href" ? [outerName(pattern)] : [name];
  return names.some((one) => TO_ITSELF.test(one)) && /\d/.test(left) && pathOf(left) === pathOf(request.path);
}

/** An id of the answer that is no token made anew. */
function isOtherId(pattern: string, values: Both, scene: Scene): boolean {
  const name = leafName(pattern);
  const isReference = isPartyReference(pattern);
  const named = isIdName(name) || isIdentityName(name) || isReference || name === "sub";
  if (!named || scene.varies(pattern, ["value"])) return false;
  if (!isSafe(scene)) return isReference && values.every(isPlainId) && !makesParty(pattern, scene);
  if (scene.hasSecond) return isFieldPath(pattern) || isReference || isIdentityName(name);
  if (isReference) return values.every((value) => isPlainId(value) || isToken(value));
  return isIdentityName(name) && values.every(isPlainId);
}

/** Somebody else, by name. */
function isOtherParty(pattern: string, values: Both, scene: Scene): boolean {
  if (!isSafe(scene) || !isPartyName(pattern) || scene.varies(pattern, ["value"])) return false;
  return areOtherParties(...values);
}

function isSafe({ pair }: Scene): boolean {
  return /^(?:GET|HEAD)$/i.test(pair.request.method);
}

/** `POST /users` makes a user, whose id is new: the path names what is made. */
function makesParty(pattern: string, { pair }: Scene): boolean {
  const path = pair.request.path.toLowerCase();
  return [leafName(pattern), outerName(pattern)].some(
    (name) => name.length > 2 && path.includes(name.toLowerCase().replace(/_?id$/, "")),
  );
}

/** A short number, an address, a word, a typed reference; longer runs of hexadecimal digits or of mixed letters may be made anew. */
function isPlainId(text: string): boolean {
  return /^(?:\d{1,12}|[^\s@]{1,64}@[^\s@]{1,255}|@?[A-Za-z]+(?:[-_.][A-Za-z]+){0,5}|[A-Za-z]{1,5}[-_]?\d{1,8}|[A-Z]{1,5}(?:-\d{1,8}){1,3}|[A-Z][A-Za-z]{2,30}\/[\w-]{1,64})$/.test(
    text,
  );
}

/** One word without a blank: what an id may look like. */
function isToken(text: string): boolean {
  return /^[\w|:.-]{1,64}$/.test(text);
}
