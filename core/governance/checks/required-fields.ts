/** Fields that schemas and models of given names must have. */
import type { Check } from "../check.ts";

export const requiredFields: Check<"required-fields"> = () => ({ notJudged: "this check is not built yet" });
