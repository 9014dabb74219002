/** Figures over judged pairs: accuracy, macro-F1, the confusion matrix, and the errors that cost trust or a release. */
import { SEVERITIES, type Severity, type Verdict } from "../../core/verdict/severity.ts";

/** What a pair should have been called, and what it was called. */
export interface Answered {
  readonly label: { readonly verdict: Severity };
  readonly said: Verdict;
}

export interface Score {
  readonly pairs: number;
  /** Share of pairs that were called what their label says, 0 to 1; so are all shares here. */
  readonly accuracy: number;
  /** Mean of the F1 of Safe, Warning and Critical. */
  readonly macroF1: number;
  /** By label, then by what was said. */
  readonly confusion: Readonly<Record<Severity, Readonly<Record<Verdict, number>>>>;
  /** Share of the Safe pairs that were called Warning or Critical. */
  readonly falseAlarms: number;
  /** Critical pairs that were called Safe. */
  readonly criticalCalledSafe: number;
  /** Share of the Critical pairs that were called anything else. */
  readonly criticalMissed: number;
}

/** What the project asks of pairs that nobody tuned on. */
export const GOALS = { accuracy: 0.95, falseAlarms: 0.01, criticalCalledSafe: 0, criticalMissed: 0.03 } as const;

export function scoreOf(answered: readonly Answered[]): Score {
  const confusion = confusionOf(answered);
  const { Safe: safe, Critical: critical } = confusion;
  return {
    pairs: answered.length,
    accuracy: share(SEVERITIES.map((severity) => confusion[severity][severity]).reduce(add, 0), answered.length, 1),
    macroF1: SEVERITIES.map((severity) => f1(confusion, severity)).reduce(add, 0) / SEVERITIES.length,
    confusion,
    falseAlarms: share(safe.Warning + safe.Critical, total(safe), 0),
    criticalCalledSafe: critical.Safe,
    criticalMissed: share(total(critical) - critical.Critical, total(critical), 0),
  };
}

/** The names of the goals that a score misses. */
export function missedGoals(score: Score): readonly (keyof typeof GOALS)[] {
  return [
    ...(score.accuracy < GOALS.accuracy ? (["accuracy"] as const) : []),
    ...(score.falseAlarms > GOALS.falseAlarms ? (["falseAlarms"] as const) : []),
    ...(score.criticalCalledSafe > GOALS.criticalCalledSafe ? (["criticalCalledSafe"] as const) : []),
    ...(score.criticalMissed > GOALS.criticalMissed ? (["criticalMissed"] as const) : []),
  ];
}

type Row = Readonly<Record<Verdict, number>>;

function confusionOf(answered: readonly Answered[]): Score["confusion"] {
  const row = (severity: Severity): Row => {
    const said = answered.filter(({ label }) => label.verdict === severity);
    const count = (verdict: Verdict): number => said.filter((one) => one.said === verdict).length;
    return {
      Safe: count("Safe"),
      Undecided: count("Undecided"),
      Warning: count("Warning"),
      Critical: count("Critical"),
    };
  };
  return { Safe: row("Safe"), Warning: row("Warning"), Critical: row("Critical") };
}

/** 2 TP / (2 TP + FP + FN); 1 for a class that neither occurs nor was said. */
function f1(confusion: Score["confusion"], severity: Severity): number {
  const hits = confusion[severity][severity];
  const said = SEVERITIES.map((label) => confusion[label][severity]).reduce(add, 0);
  return share(2 * hits, said + total(confusion[severity]), 1);
}

function total(row: Row): number {
  return row.Safe + row.Undecided + row.Warning + row.Critical;
}

function add(a: number, b: number): number {
  return a + b;
}

function share(part: number, whole: number, otherwise: number): number {
  return whole === 0 ? otherwise : part / whole;
}
