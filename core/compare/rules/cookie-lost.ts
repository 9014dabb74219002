/** A cookie that the reference sets is not set, is emptied, or is deleted by the shadow. */
import { isEmptyExcerpt } from "../excerpt-value.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { headerName } from "./shown.ts";

export const cookieLost: DifferenceRule = {
  id: "cookie-lost",
  title: "Cookie lost",
  ...PROVEN_CRITICAL,
  fires: ({ path, kind, reference, shadow }) => {
    if (!path.startsWith("header:set-cookie:")) return false;
    if (path.endsWith(";max-age")) return kind !== "missing" && shadow === '"0"';
    if (path.includes(";")) return false;
    return kind === "missing" || (kind === "value" && isEmptyExcerpt(shadow) && !isEmptyExcerpt(reference));
  },
  explain: ({ path }) => `The cookie ${headerName(path)} is no longer set.`,
};
