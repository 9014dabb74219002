/** A CORS permission that browsers relied on is gone. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { headerName, shown } from "./shown.ts";

export const corsLost: DifferenceRule = {
  id: "cors-lost",
  title: "CORS permission lost",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ path, kind, shadow, traits = [] }) => {
    if (!path.startsWith("header:access-control-") || path === "header:access-control-max-age") return false;
    if (kind === "missing" || traits.includes("removed")) return true;
    return path === "header:access-control-allow-origin" && kind === "value" && shadow !== '"*"';
  },
  explain: ({ path, reference, shadow }) =>
    `${headerName(path)} was ${shown(reference)} and is ${shown(shadow)}: browsers will refuse requests they made before.`,
};
