/** Which groups of pairs a filter means. Verdicts change with decisions, so a filter is worked out per read, over groups. */
import type { Verdict } from "../verdict/severity.ts";
import { type Decisions, entriesOf, standingOf, type VerdictGroup } from "./standing.ts";

export interface PairFilter {
  readonly verdict?: Verdict | undefined;
  readonly signature?: string | undefined;
}

/** The groups whose pairs pass the filter. */
export function selectGroups<G extends VerdictGroup>(
  groups: readonly G[],
  filter: PairFilter,
  decisions: Decisions,
): readonly G[] {
  return groups.filter((group) => {
    if (filter.verdict !== undefined && standingOf(group, decisions).verdict !== filter.verdict) return false;
    return filter.signature === undefined || entriesOf(group.signatures).some(([own]) => own === filter.signature);
  });
}
