/** In which order endpoints are told: what is over a budget first, then what is close to one, else as the API lists them. */
import type { Trend } from "../../../core/wire/api/trends.ts";
import { levelOf } from "./trend.ts";

const RANKS = { over: 0, near: 1, held: 2 } as const;

/** Within a level the order stays, so that a figure that moves a little moves no card under the reader. */
export function worstFirst(trends: readonly Trend[]): readonly Trend[] {
  const rank = ({ budgets }: Trend) => Math.min(RANKS.held, ...budgets.map((use) => RANKS[levelOf(use)]));
  return trends.toSorted((one, other) => rank(one) - rank(other));
}
