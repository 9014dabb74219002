/** The figures as text for people and as plain data for machines. Judges nothing. */
import { SEVERITIES, VERDICTS } from "../../core/verdict/severity.ts";
import type { Outcome } from "./judged.ts";
import type { SetName } from "./labelled.ts";
import { GOALS, missedGoals, type Score, scoreOf } from "./score.ts";

/** The figures of one set. */
export interface SetFigures {
  readonly set: SetName;
  readonly score: Score;
  readonly missedGoals: readonly string[];
  /** By server and by policy line: pairs, and how many of them were called right. */
  readonly servers: readonly Part[];
  readonly lines: readonly Part[];
}

interface Part {
  readonly name: string;
  readonly pairs: number;
  readonly right: number;
}

export function figuresOf(set: SetName, outcomes: readonly Outcome[]): SetFigures {
  const score = scoreOf(outcomes);
  return {
    set,
    score,
    missedGoals: missedGoals(score),
    servers: partsOf(outcomes, ({ server }) => server),
    lines: partsOf(outcomes, ({ label }) => label.line),
  };
}

export function isRight({ label, said }: Outcome): boolean {
  return label.verdict === said;
}

/** One pair that was called wrong, in full. */
export function wrongLine(outcome: Outcome): string {
  const { id, label, said, because, line } = outcome;
  return `${id}  ${label.line}: is ${label.verdict}, called ${said}\n  why: ${label.why}\n  said: ${because}\n  ${line}\n`;
}

export function textOf({ set, score, servers, lines }: SetFigures): string {
  const { confusion } = score;
  const weak = lines.filter(({ pairs, right }) => right < pairs);
  return [
    `${set}: ${score.pairs} pairs`,
    `  accuracy               ${percent(score.accuracy)}   goal ${percent(GOALS.accuracy)} or more`,
    `  macro-F1               ${percent(score.macroF1)}`,
    `  false alarms on Safe   ${percent(score.falseAlarms)}   goal ${percent(GOALS.falseAlarms)} or less`,
    `  Critical called Safe   ${String(score.criticalCalledSafe).padStart(6)}   goal ${GOALS.criticalCalledSafe}`,
    `  Critical missed        ${percent(score.criticalMissed)}   goal ${percent(GOALS.criticalMissed)} or less`,
    "",
    `  label \\ said ${VERDICTS.map((verdict) => verdict.padStart(10)).join("")}`,
    ...SEVERITIES.map(
      (severity) =>
        `  ${severity.padEnd(12)} ${VERDICTS.map((verdict) => String(confusion[severity][verdict]).padStart(10)).join("")}`,
    ),
    "",
    "  by server (right of pairs)",
    ...servers.map(partLine),
    "",
    weak.length === 0
      ? "  every policy line is right in every pair"
      : "  policy lines with a wrong pair (right of pairs)",
    ...weak.map(partLine),
    "",
  ].join("\n");
}

function partLine({ name, pairs, right }: Part): string {
  return `    ${name.padEnd(24)} ${String(right).padStart(4)} of ${String(pairs).padStart(3)}   ${percent(right / pairs)}`;
}

function partsOf(outcomes: readonly Outcome[], nameOf: (outcome: Outcome) => string): readonly Part[] {
  return [...Map.groupBy(outcomes, nameOf)]
    .map(([name, of]) => ({ name, pairs: of.length, right: of.filter(isRight).length }))
    .toSorted((a, b) => a.right / a.pairs - b.right / b.pairs || (a.name < b.name ? -1 : 1));
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1).padStart(5)}%`;
}
