/** What caches may keep, and for how long, changed. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { headerName, shown } from "./shown.ts";

export const cacheHeaderChanged: DifferenceRule = {
  id: "cache-header-changed",
  title: "Cache header changed",
  why: "Caches keep an answer for longer or shorter, or share what was private.",
  example: "`cache-control: max-age=60` became `no-store`",
  ...AMBIGUOUS,
  fires: ({ path }) =>
    /^header:(?:cache-control|cdn-cache-control|surrogate-control|expires|pragma|vary|last-modified)(?:;|$)/.test(path),
  explain: ({ path, reference, shadow }) => `${headerName(path)} was ${shown(reference)} and is ${shown(shadow)}.`,
};
