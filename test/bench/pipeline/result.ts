/** From the rounds' measurements to the result, judged by the goal. Pure. */
import { seededRandom } from "../../../core/probe/seeded-random.ts";
import { type Estimate, estimate, type Judgement, judge, median } from "../statistics.ts";

/** Grows when a field changes its meaning or goes away. */
const SCHEMA_VERSION = 1;

/** The graph once for a batch is to be at least so many times as fast as once for each of its pairs. */
const GOAL = 20;

/** The intervals' randomness, the same in every run. */
const SEED = 20_261_122;

/** Batches of the graph. A batch of 20 cannot be 20 times as fast as 20 batches of one: what each pair costs of itself is in both. */
export const BATCHES: readonly BatchKind[] = [
  { pairs: 100, bytes: 1_000, isGoal: true },
  { pairs: 100, bytes: 300, isGoal: false },
  { pairs: 100, bytes: 4_000, isGoal: false },
  { pairs: 20, bytes: 1_000, isGoal: false },
];
export interface BatchKind {
  readonly pairs: number;
  /** Of each body, about. */
  readonly bytes: number;
  /** The goal is judged by this one. */
  readonly isGoal: boolean;
}

/** Messages of the queue: the tee puts one pair into each. */
export const FLOWS: readonly FlowKind[] = [
  { pairs: 2_000, perMessage: 1, bytes: 1_000 },
  { pairs: 2_000, perMessage: 20, bytes: 1_000 },
];
export interface FlowKind {
  readonly pairs: number;
  readonly perMessage: number;
  readonly bytes: number;
}

export interface BatchTimes {
  /** Milliseconds for all pairs: one invocation for all, and one for each. */
  readonly batchMs: number;
  readonly eachMs: number;
}

/** In the order of `BATCHES` and `FLOWS`; a flow's measurement is its pairs per second. */
export interface Round {
  readonly batches: readonly BatchTimes[];
  readonly flows: readonly number[];
}

export interface BatchRow extends Pick<BatchKind, "pairs" | "bytes"> {
  /** How many times as fast the batch is. */
  readonly ratio: Estimate;
  readonly goal: number | null;
  readonly judgement: Judgement | null;
  /** Medians. */
  readonly batchMs: number;
  readonly eachMs: number;
}

export interface FlowRow extends FlowKind {
  readonly pairsPerSecond: Estimate;
}

export interface Result {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly rounds: number;
  readonly batches: readonly BatchRow[];
  readonly flows: readonly FlowRow[];
}

export function resultOf(rounds: readonly Round[]): Result {
  const random = seededRandom(SEED);
  return {
    schemaVersion: SCHEMA_VERSION,
    rounds: rounds.length,
    batches: BATCHES.map((kind, at) =>
      batchRow(
        kind,
        rounds.map((round) => round.batches[at] ?? NOT_MEASURED),
        random,
      ),
    ),
    flows: FLOWS.map((kind, at) => {
      const measured = rounds.map((round) => round.flows[at] ?? Number.NaN);
      return { ...kind, pairsPerSecond: estimate(measured, random) };
    }),
  };
}

/** Whether the goal is missed. */
export function isMissed({ batches }: Result): boolean {
  return batches.some(({ judgement }) => judgement === "missed");
}

const NOT_MEASURED: BatchTimes = { batchMs: Number.NaN, eachMs: Number.NaN };

function batchRow({ pairs, bytes, isGoal }: BatchKind, times: readonly BatchTimes[], random: () => number): BatchRow {
  const ratio = estimate(
    times.map(({ batchMs, eachMs }) => eachMs / batchMs),
    random,
  );
  // `judge` knows upper limits only: the batch's share of the time is to be at most one in so many.
  const share = { median: 1 / ratio.median, low: 1 / ratio.high, high: 1 / ratio.low };
  const goal = isGoal ? { goal: GOAL, judgement: judge(share, 1 / GOAL) } : { goal: null, judgement: null };
  const batchMs = median(times.map((time) => time.batchMs));
  return { pairs, bytes, ratio, ...goal, batchMs, eachMs: median(times.map((time) => time.eachMs)) };
}
