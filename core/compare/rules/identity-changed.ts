/** The answer is about something else: the value that the request named, or an id that production keeps, is another one. */
import { excerptText } from "../excerpt-value.ts";
import { isIdName, isVolatileName, leafName } from "../names.ts";
import { requestNames } from "./request-names.ts";
import { type DifferenceRule, PROVEN_CRITICAL, type Scene } from "./rule.ts";
import { shown } from "./shown.ts";

export const identityChanged: DifferenceRule = {
  id: "identity-changed",
  title: "Identity changed",
  ...PROVEN_CRITICAL,
  fires: ({ part, kind, pattern, reference, shadow }, scene) => {
    if (part !== "body" || kind !== "value" || !pattern.startsWith("$")) return false;
    const [left, right] = [excerptText(reference), excerptText(shadow)];
    if (left === null || right === null || left === "") return false;
    if (!isIdName(leafName(pattern)) || isVolatileName(leafName(pattern))) return false;
    return requestNames(scene.pair.request).has(left) || isKept(pattern, scene);
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and is ${shown(shadow)}: the answer is about something else.`,
};

/** A safe request, answered twice by the same code with the same id. */
function isKept(pattern: string, scene: Scene): boolean {
  const safe = /^(?:GET|HEAD)$/i.test(scene.pair.request.method);
  return safe && scene.hasSecond && !scene.varies(pattern, ["value"]);
}
