/** Characters that were decoded with the wrong character set: replacement characters or UTF-8 read as Latin-1. */
import { bothStrings } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

/** U+FFFD, or a lead byte of UTF-8 followed by a continuation byte, both read as Latin-1 or Windows-1252. */
const BROKEN =
  /\uFFFD|[\u00C2\u00C3][\u0080-\u00BF\u0152-\u02DC\u2018-\u203A\u20AC\u2122]|\u00E2[\u0080\u20AC][\u0080-\u00BF\u0152-\u02DC\u2018-\u203A\u2122]/g;

export const mojibake: DifferenceRule = {
  id: "mojibake",
  title: "Characters broken",
  why: "People read broken names and addresses, which are stored so again.",
  example: "`Café` became `CafÃ©` or `Caf?`",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: (difference) => {
    const texts = difference.part === "body" ? bothStrings(difference) : null;
    if (texts === null) return false;
    return count(texts[1]) > count(texts[0]) || isAsked(texts) || (isHalved(texts[1]) && !isHalved(texts[0]));
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and has broken characters: ${shown(shadow)}.`,
};

/** Every character outside ASCII became a question mark, or several. */
function isAsked([reference, shadow]: readonly [string, string]): boolean {
  if (!shadow.includes("?") || !/[^\x00-\x7f]/.test(reference)) return false;
  return reference.replaceAll(/[^\x00-\x7f?]+/g, "?") === shadow.replaceAll(/\?+/g, "?");
}

/** Half of a pair of surrogates. Where an excerpt was cut, it may have cut one itself. */
function isHalved(text: string): boolean {
  return !text.replaceAll(/^….|.…$/gs, "").isWellFormed();
}

function count(text: string): number {
  return text.match(BROKEN)?.length ?? 0;
}
