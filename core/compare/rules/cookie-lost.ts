/** A cookie that the reference sets is not set, is emptied, or is deleted by the shadow. */
import type { Answer } from "../../pair/pair.ts";
import { momentOf } from "../answer.ts";
import { excerptText, isEmptyExcerpt } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { headerName } from "./shown.ts";

/** Before this no cookie of today was meant to live on; for answers without a date. */
const LONG_AGO = Date.UTC(2000, 0);

export const cookieLost: DifferenceRule = {
  id: "cookie-lost",
  title: "Cookie lost",
  why: "Users lose their session, basket or choice.",
  example: "`sid` is no longer set, or is deleted",
  ...PROVEN_CRITICAL,
  fires: ({ path, kind, reference, shadow }, scene) => {
    if (!path.startsWith("header:set-cookie:")) return false;
    if (path.endsWith(";max-age")) return isSpent(shadow) && !isSpent(reference);
    if (path.endsWith(";expires")) return isPast(shadow, scene.shadow) && !isPast(reference, scene.reference);
    if (path.includes(";")) return false;
    return kind === "missing" || (kind === "value" && isEmptyExcerpt(shadow) && !isEmptyExcerpt(reference));
  },
  explain: ({ path }) => `The cookie ${headerName(path).replace(/;.*/, "")} is no longer set.`,
};

/** Zero or less deletes a cookie. RFC 6265, 5.2.2. */
function isSpent(excerpt: string | undefined): boolean {
  return /^-?\d+$/.test(excerptText(excerpt) ?? "") && Number(excerptText(excerpt)) <= 0;
}

function isPast(excerpt: string | undefined, answer: Answer): boolean {
  const date = excerptText(excerpt)?.replaceAll(/(\d)-([A-Z][a-z]{2})-(\d)/g, "$1 $2 $3") ?? "";
  return Date.parse(date) < (momentOf(answer) ?? LONG_AGO);
}
