/** When a drift shows, in one line. */
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { whole } from "./numbers.ts";
import { plain } from "./plain.ts";

/** `38 of 38 with currency=EUR, 0 of 611 otherwise`; null where nothing is known that is worth a line. */
export function conditionWords({ condition, noCondition }: Pick<Drift, "condition" | "noCondition">): string | null {
  if (condition !== null) {
    const { words, matching, matchingFailing, others, othersFailing } = condition;
    const named = /^(?:with|without) /.test(words) ? plain(words) : `with ${plain(words)}`;
    return `${whole(matchingFailing)} of ${whole(matching)} ${named}, ${whole(othersFailing)} of ${whole(others)} otherwise`;
  }
  if (noCondition === "always") return "on nearly every request of this route";
  return noCondition === "none" ? "no condition on requests was found" : null;
}
