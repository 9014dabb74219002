/** The summary of a run: verdicts, routes, malformed lines. Counts only, bounded however long the run is. */
import { rank, VERDICTS, type Verdict, worst } from "../../core/verdict/severity.ts";

/** Routes and malformed lines that are listed by name; the rest is counted. */
const MAX_LISTED_ROUTES = 20;
const MAX_COUNTED_ROUTES = 2_000;

export type Counts = Readonly<Record<Verdict, number>>;

export interface Summary {
  readonly judged: number;
  readonly malformed: number;
  readonly verdicts: Counts;
  readonly routes: ReadonlyMap<string, Counts>;
}

export interface Tally {
  readonly add: (route: string, verdict: Verdict) => void;
  readonly addMalformed: () => void;
  readonly summary: () => Summary;
}

const NONE: Counts = { Safe: 0, Undecided: 0, Warning: 0, Critical: 0 };

export function createTally(): Tally {
  let verdicts = NONE;
  let malformed = 0;
  const routes = new Map<string, Counts>();
  return {
    add: (route, verdict) => {
      verdicts = plusOne(verdicts, verdict);
      const name = routes.has(route) || routes.size < MAX_COUNTED_ROUTES ? route : "(other routes)";
      routes.set(name, plusOne(routes.get(name) ?? NONE, verdict));
    },
    addMalformed: () => {
      malformed++;
    },
    summary: () => ({ judged: total(verdicts), malformed, verdicts, routes }),
  };
}

export function worstOf(counts: Counts): Verdict {
  return worst(VERDICTS.filter((verdict) => counts[verdict] > 0));
}

/** Lines for people, the worst routes first. */
export function summaryLines(summary: Summary): readonly string[] {
  const { judged, malformed, verdicts, routes } = summary;
  const byBadness = [...routes].toSorted(
    ([, a], [, b]) => rank(worstOf(b)) - rank(worstOf(a)) || b.Critical - a.Critical || b.Warning - a.Warning,
  );
  const listed = byBadness.slice(0, MAX_LISTED_ROUTES).map(([route, counts]) => `  ${route}: ${written(counts)}`);
  const rest = byBadness.length - listed.length;
  return [
    `${judged} ${judged === 1 ? "pair" : "pairs"} judged: ${written(verdicts)}`,
    ...listed,
    ...(rest > 0 ? [`  and ${rest} more routes`] : []),
    ...(malformed > 0 ? [`${malformed} malformed ${malformed === 1 ? "line" : "lines"} skipped`] : []),
  ];
}

function written(counts: Counts): string {
  const present = VERDICTS.toReversed().filter((verdict) => counts[verdict] > 0);
  return present.length === 0 ? "none" : present.map((verdict) => `${counts[verdict]} ${verdict}`).join(", ");
}

function plusOne(counts: Counts, verdict: Verdict): Counts {
  return { ...counts, [verdict]: counts[verdict] + 1 };
}

function total(counts: Counts): number {
  return VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
}
