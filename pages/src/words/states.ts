/** The states of the ledger in words and in the order they are told: how it ended first, what was in its way after. */
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { dropWords, failedWords, lostWords, skipWords } from "./reasons.ts";

export interface LedgerState {
  readonly name: string;
  readonly count: number;
  /** What it is made of, most frequent first; without zeros. */
  readonly reasons: readonly { readonly words: string; readonly count: number }[];
}

/** Their counts add up to `sampled`. */
export function ledgerStates(ledger: Ledger): readonly LedgerState[] {
  const { compared, equalWithoutRow, shadowFailed, shadowFailedReasons, skipped, dropped, lost, inFlight } = ledger;
  const { tee, queue } = ledger.inFlightAt;
  return [
    {
      name: "Compared",
      count: compared,
      reasons: reasonsOf({ [EQUAL]: equalWithoutRow }, (words) => words),
    },
    { name: "Shadow failed", count: shadowFailed, reasons: reasonsOf(shadowFailedReasons, failedWords) },
    { name: "Skipped", count: total(skipped), reasons: reasonsOf(skipped, skipWords) },
    { name: "Dropped", count: total(dropped), reasons: reasonsOf(dropped, dropWords) },
    { name: "Lost", count: total(lost), reasons: reasonsOf(lost, lostWords) },
    {
      name: "In flight",
      count: inFlight,
      reasons: reasonsOf({ "with the tee": tee, "on the queue": queue }, (words) => words),
    },
  ];
}

const EQUAL = "equal byte for byte, counted without a row of its own";

function reasonsOf(
  counts: Readonly<Record<string, number>>,
  words: (reason: string) => string,
): LedgerState["reasons"] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => ({ words: words(reason), count }));
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
