/** A CORS permission that browsers relied on is gone. */
import type { Answer } from "../../pair/pair.ts";
import { headerText } from "../answer.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { headerName, shown } from "./shown.ts";

export const corsLost: DifferenceRule = {
  id: "cors-lost",
  title: "CORS permission lost",
  why: "Browsers refuse requests that worked.",
  example: "`access-control-allow-origin` is gone",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ path, kind, reference, shadow, traits = [] }, scene) => {
    if (!path.startsWith("header:access-control-") || path === "header:access-control-max-age") return false;
    // To allow no credentials is what goes without saying.
    if (reference === '"false"') return false;
    if (kind === "missing" || traits.includes("removed")) return true;
    if (path !== "header:access-control-allow-origin" || kind !== "value") return false;
    return shadow !== '"*"' || withCredentials(scene.reference);
  },
  explain: ({ path, reference, shadow }) =>
    `${headerName(path)} was ${shown(reference)} and is ${shown(shadow)}: browsers will refuse requests they made before.`,
};

/** Browsers refuse `*` for requests with credentials. Fetch, 3.2.5. */
function withCredentials(answer: Answer): boolean {
  return headerText(answer, "access-control-allow-credentials")?.trim() === "true";
}
