/** A redirect leads elsewhere, or nowhere. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

/** A page or a header that sends a browser on after a while. */
const REFRESH = /^header:refresh$| > meta\[name=refresh\](?: @content)?$/i;

export const redirectTargetChanged: DifferenceRule = {
  id: "redirect-target-changed",
  title: "Redirect leads elsewhere",
  why: "Users end up elsewhere.",
  example: "`/login?next=/a` became `/login`",
  ...PROVEN_CRITICAL,
  fires: ({ path, kind }, { reference }) =>
    REFRESH.test(path) || (/^header:location(?:\?|$)/.test(path) && kind !== "extra" && reference.status >= 300),
  explain: ({ path, reference, shadow }) => {
    const [, parameter] = path.split("?");
    return parameter === undefined
      ? `The redirect led to ${shown(reference)} and leads to ${shown(shadow)}.`
      : `The redirect's parameter ${parameter} was ${shown(reference)} and is ${shown(shadow)}.`;
  },
};
