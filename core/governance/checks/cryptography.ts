/** Algorithms in use against the table of those that are allowed. */
import type { Check } from "../check.ts";

export const cryptography: Check<"cryptography"> = () => ({ notJudged: "this check is not built yet" });
