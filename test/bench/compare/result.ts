/** From the rounds' measurements to the result, judged by the goals, and its text. Pure. */
import { seededRandom } from "../../../core/probe/seeded-random.ts";
import { type Estimate, estimate, type Judgement, judge, median } from "../statistics.ts";
import type { BenchCase } from "./cases.ts";

/** Grows when a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

/** The most that judging any two bodies of 256 KB may take, in milliseconds of CPU time. */
const WORST_LIMIT_MS = 200;

/** The most that one insertion may take to say, in characters. */
const ANSWER_LIMIT_CHARS = 500;

/** The intervals' randomness, the same in every run. */
const SEED = 20_261_122;

/** Microseconds of one run, by the case's id. */
export type Round = Readonly<Record<string, { readonly ours: number; readonly other: number }>>;

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly against: string;
  /** Our time as a multiple of the other's in the same round. */
  readonly time: Estimate;
  readonly goal: number | null;
  /** `told` where there is no goal. */
  readonly judgement: Judgement | "told";
  /** Medians, in microseconds. */
  readonly ours: number;
  readonly other: number;
}

export interface Limit {
  readonly title: string;
  readonly value: number;
  readonly limit: number;
  readonly judgement: Judgement;
}

export interface Result {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly rows: readonly Row[];
  readonly limits: readonly Limit[];
  readonly measuredRounds: number;
}

interface Others {
  readonly answerChars: number;
  /** Milliseconds, by what the bodies are. */
  readonly worst: Readonly<Record<string, number>>;
}

export function resultOf(cases: readonly BenchCase[], rounds: readonly Round[], others: Others): Result {
  const random = seededRandom(SEED);
  const rows = cases.map(({ id, title, against, goal }): Row => {
    const valuesOf = (side: "ours" | "other"): readonly number[] =>
      rounds.map((round) => round[id]?.[side] ?? Number.NaN);
    const [ours, other] = [valuesOf("ours"), valuesOf("other")];
    const time = estimate(
      ours.map((value, at) => value / (other[at] ?? Number.NaN)),
      random,
    );
    const judgement = goal === null ? "told" : judge(time, goal);
    return { id, title, against, time, goal, judgement, ours: median(ours), other: median(other) };
  });
  return { schemaVersion: SCHEMA_VERSION, rows, limits: limitsOf(others), measuredRounds: rounds.length };
}

function limitsOf({ answerChars, worst }: Others): readonly Limit[] {
  const limited = (title: string, value: number, limit: number): Limit => ({
    title,
    value,
    limit,
    judgement: value <= limit ? "met" : "missed",
  });
  return [
    limited("characters of the answer to one insertion", answerChars, ANSWER_LIMIT_CHARS),
    ...Object.entries(worst).map(([name, ms]) => limited(`ms for 256 KB: ${name}`, Math.round(ms), WORST_LIMIT_MS)),
  ];
}

/** Whether any goal is missed. */
export function isMissed({ rows, limits }: Result): boolean {
  return [...rows, ...limits].some(({ judgement }) => judgement === "missed");
}

const WORDS = { met: "met", open: "open", missed: "MISSED", told: "" } as const;

export function table({ rows, limits, measuredRounds }: Result): string {
  return [
    ...rows.map(({ title, against, time, goal, judgement, ours, other }) => {
      const multiple = `${time.median.toFixed(2)}x [${time.low.toFixed(2)}, ${time.high.toFixed(2)}]`;
      const aim = goal === null ? "" : `goal ${goal.toFixed(2)}x ${WORDS[judgement]}`;
      return `${title.padEnd(52)} ${multiple.padEnd(22)} of ${against.padEnd(24)} ${aim.padEnd(18)} ${ours.toFixed(0)} us to ${other.toFixed(0)} us`;
    }),
    "",
    ...limits.map(
      ({ title, value, limit, judgement }) => `${title.padEnd(60)} ${value}, limit ${limit}: ${WORDS[judgement]}`,
    ),
    "",
    `Our time as a multiple of the other's, text to result: median of ${measuredRounds} rounds [95 % interval]. open: the median lies above the goal, but its interval reaches it.`,
    "",
  ].join("\n");
}
