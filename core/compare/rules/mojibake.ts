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
  ...PROVEN_CRITICAL,
  proven: true,
  fires: (difference) => {
    const texts = difference.part === "body" ? bothStrings(difference) : null;
    return texts !== null && count(texts[1]) > count(texts[0]);
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and has broken characters: ${shown(shadow)}.`,
};

function count(text: string): number {
  return text.match(BROKEN)?.length ?? 0;
}
