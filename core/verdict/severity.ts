/** Severities, the verdicts made of them, and the one order they combine in. */

export const SEVERITIES = ["Safe", "Warning", "Critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The order in which verdicts combine: the last one present wins. */
export const VERDICTS = ["Safe", "Undecided", "Warning", "Critical"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Who said it. */
export const DECIDERS = ["rule", "model", "person"] as const;
export type Decider = (typeof DECIDERS)[number];

/** The worst of the given verdicts; Safe when there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>((a, b) => (rank(b) > rank(a) ? b : a), "Safe");
}

/** Position in the combining order, 0 for Safe. */
export function rank(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict);
}

/** Moves a severity into the range a rule left open. */
export function clamp(severity: Severity, floor: Severity, ceiling: Severity): Severity {
  if (rank(severity) < rank(floor)) return floor;
  if (rank(severity) > rank(ceiling)) return ceiling;
  return severity;
}
