/** Secrets that are written into files. */
import type { Check } from "../check.ts";

export const secrets: Check<"secrets"> = () => ({ notJudged: "this check is not built yet" });
