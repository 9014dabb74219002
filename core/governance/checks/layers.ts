/** Which parts of the repository may import which. */
import type { Check } from "../check.ts";

export const layers: Check<"layers"> = () => ({ notJudged: "this check is not built yet" });
