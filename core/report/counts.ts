/** Counts of pairs by verdict, decisions applied. Many pairs share few texts of findings, so groups are counted, not pairs. */

import { VERDICTS, type Verdict, worst } from "../verdict/severity.ts";
import type { VerdictCounts } from "../wire/api/deployments.ts";
import { type Decisions, standingOf, type VerdictGroup } from "./standing.ts";

export interface CountedGroup extends VerdictGroup {
  readonly pairs: number;
}

/** What has no group: pairs whose shadow gave no answer (they are Critical as well), and byte-equal ones without a row. */
export interface Apart {
  readonly shadowFailed: number;
  readonly equalWithoutRow: number;
}

/** Adds the groups up. Byte-equal pairs that were only counted are Safe: nothing can be found in them. */
export function countVerdicts(groups: readonly CountedGroup[], decisions: Decisions, apart: Apart): VerdictCounts {
  const by: Record<Verdict, number> = { Safe: 0, Undecided: 0, Warning: 0, Critical: 0 };
  for (const group of groups) by[standingOf(group, decisions).verdict] += group.pairs;
  by.Safe += apart.equalWithoutRow;
  return {
    pairs: by.Safe + by.Undecided + by.Warning + by.Critical,
    safe: by.Safe,
    undecided: by.Undecided,
    warning: by.Warning,
    critical: by.Critical,
    shadowFailed: apart.shadowFailed,
  };
}

/** The worst verdict that occurs; null while there are no pairs, because no evidence is not Safe. */
export function verdictOfCounts(counts: VerdictCounts): Verdict | null {
  if (counts.pairs === 0) return null;
  const occurs: Readonly<Record<Verdict, number>> = {
    Safe: counts.safe,
    Undecided: counts.undecided,
    Warning: counts.warning,
    Critical: counts.critical,
  };
  return worst(VERDICTS.filter((verdict) => occurs[verdict] > 0));
}
