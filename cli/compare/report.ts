/** What a run found, as the formats show it. Plain data: nothing here prints. */
import type { Verdict } from "../../core/verdict/severity.ts";
import type { Drift } from "./drifts.ts";
import type { SlowRoute } from "./latencies.ts";
import type { Seen } from "./run.ts";
import type { Counts, Summary } from "./summary.ts";

export interface Report {
  readonly summary: Summary;
  readonly drifts: readonly Drift[];
  /** Routes that became slower; they stand among the drifts as well. */
  readonly slow: readonly SlowRoute[];
  /** There were more signatures than are kept; the worst are here. */
  readonly cut: boolean;
}

/** From which verdict on a run fails. */
export type FailOn = Extract<Verdict, "Critical" | "Warning">;

/** One way of writing a run down. `write` waits where its reader is slower. */
export interface Format {
  readonly pair?: (seen: Seen, write: Write) => Promise<void>;
  readonly end?: (report: Report, write: Write) => Promise<void>;
}
export type Write = (text: string) => Promise<void>;

/** Drifts that count, and those that were noise in every pair. */
export function countingDrifts({ drifts }: Report): readonly Drift[] {
  return drifts.filter(({ pairs }) => pairs > 0);
}

/** The first line of every report: the verdict in words and numbers. */
export function headline({ summary, drifts }: Report): string {
  const { judged, verdicts, malformed } = summary;
  const skipped = malformed === 0 ? "" : ` ${counted(malformed, "line")} could not be read.`;
  if (judged === 0) return `Undecided: nothing could be judged.${skipped}`;
  return `${sentenceOf(verdicts, { judged, drifts })}${skipped}`;
}

function sentenceOf(
  { Critical, Warning, Undecided }: Counts,
  { judged, drifts }: { readonly judged: number; readonly drifts: readonly Drift[] },
): string {
  const kinds = (severity: string) => drifts.filter((drift) => drift.pairs > 0 && drift.severity === severity).length;
  const of = `of ${counted(judged, "pair")}`;
  const undecided = Undecided === 0 ? "" : ` ${written(Undecided)} ${of} could not be decided.`;
  const [regressions, changes] = [kinds("Critical"), kinds("Warning")];
  if (Critical > 0 || regressions > 0) {
    const toSee = changes === 0 ? "" : `, and ${counted(changes, "change")} to look at`;
    return `Critical: ${counted(regressions, "regression")}; ${written(Critical)} ${of} would have broken${toSee}.${undecided}`;
  }
  if (Warning > 0 || changes > 0)
    return `Warning: ${counted(changes, "change")} to look at; ${written(Warning)} ${of} differ.${undecided}`;
  if (Undecided > 0) return `Undecided:${undecided}`;
  return `Safe: ${counted(judged, "pair")}, nothing that counts differs.`;
}

/** `1 pair`, `2 pairs`. */
export function counted(count: number, noun: string): string {
  return `${written(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function written(count: number): string {
  return count.toLocaleString("en-US");
}
