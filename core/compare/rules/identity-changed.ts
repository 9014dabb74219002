/** The answer is about something else: the value that the request named, an id that production keeps, or a plain identity is another one. */
import { excerptText } from "../excerpt-value.ts";
import { isFieldPath, isIdentityName, isIdName, isVolatileName, leafName } from "../names.ts";
import { requestNames } from "./request-names.ts";
import { type DifferenceRule, PROVEN_CRITICAL, type Scene } from "./rule.ts";
import { shown } from "./shown.ts";

export const identityChanged: DifferenceRule = {
  id: "identity-changed",
  title: "Identity changed",
  why: "The answer is about somebody or something else.",
  example: '`GET /users/42` answers with `"id": 43`',
  ...PROVEN_CRITICAL,
  fires: ({ part, kind, pattern, reference, shadow }, scene) => {
    if (part !== "body" || kind !== "value" || !isFieldPath(pattern)) return false;
    const [left, right] = [excerptText(reference), excerptText(shadow)];
    if (left === null || right === null || left === "") return false;
    if (!isIdName(leafName(pattern)) || isVolatileName(leafName(pattern))) return false;
    if (requestNames(scene.pair.request).has(left)) return true;
    return (
      isSafe(scene) && (scene.hasSecond ? !scene.varies(pattern, ["value"]) : isStable(pattern, [left, right], scene))
    );
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and is ${shown(shadow)}: the answer is about something else.`,
};

function isSafe({ pair }: Scene): boolean {
  return /^(?:GET|HEAD)$/i.test(pair.request.method);
}

/** Nobody asked twice: then a name that says who or what it is, over a value that no generator of tokens makes. */
function isStable(pattern: string, values: readonly string[], scene: Scene): boolean {
  return isIdentityName(leafName(pattern)) && !scene.varies(pattern, ["value"]) && values.every(isPlainId);
}

/** A short number, an address, a word; longer runs of hexadecimal digits or of mixed letters may be made anew. */
function isPlainId(text: string): boolean {
  return /^(?:\d{1,12}|[^\s@]{1,64}@[^\s@]{1,255}|[A-Za-z]+(?:[-_.][A-Za-z]+){0,5}|[A-Za-z]{1,5}[-_]?\d{1,8})$/.test(
    text,
  );
}
