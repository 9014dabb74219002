/** Packages that code in scope must not import. */
import type { Check } from "../check.ts";

export const forbiddenImports: Check<"forbidden-imports"> = () => ({ notJudged: "this check is not built yet" });
