/** From the rounds' measurements to the result: ratios to the passthrough Worker, judged by their goals. Pure. */

import { seededRandom } from "../../core/probe/seeded-random.ts";
import type { BundleSize } from "./bundle.ts";
import { MIRRORED, PASSTHROUGH, SIZES } from "./cells.ts";
import type { Measurement } from "./measure.ts";
import { type Estimate, estimate, type Judgement, judge, median } from "./statistics.ts";

/** Grows when a field changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

/** The limit of the bundle without the engine for patterns, bytes: 60 KB gzipped. */
export const BUNDLE_LIMIT_BYTES = 60_000;

/** The intervals' randomness, the same in every run. */
const SEED = 20_261_122;

/** The measurements of one round, by kind and size. */
export type Round = Readonly<Record<string, Measurement>>;

export interface Row {
  readonly kind: string;
  readonly title: string;
  readonly sizeBytes: number;
  /** Multiples of the passthrough Worker of the same round. */
  readonly cpu: Estimate;
  readonly requestsPerSecond: Estimate;
  readonly goal: number;
  readonly judgement: Judgement;
  /** Medians over the rounds, not ratios. */
  readonly cpuMsPerRequest: number;
  readonly mirroredShare: number;
  readonly queuedShare: number;
}

export interface Result {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly rounds: number;
  readonly rows: readonly Row[];
  readonly passthrough: readonly {
    readonly sizeBytes: number;
    readonly cpuMsPerRequest: number;
    readonly requestsPerSecond: number;
  }[];
  readonly bundle: {
    /** Without the engine for patterns: what the limit is for. */
    readonly gzipBytes: number;
    readonly gzipBytesWithPatterns: number;
    readonly limitBytes: number;
    readonly judgement: Judgement;
  };
}

export function keyOf({ kind, size }: { readonly kind: string; readonly size: number }): string {
  return `${kind} ${size}`;
}

export function resultOf(rounds: readonly Round[], built: BundleSize): Result {
  const random = seededRandom(SEED);
  const medianOf = (key: string, field: keyof Measurement): number => median(valuesOf(rounds, key, field));
  const passthrough = SIZES.map((size) => {
    const key = keyOf({ kind: PASSTHROUGH, size });
    const requestsPerSecond = medianOf(key, "requestsPerSecond");
    return { sizeBytes: size, cpuMsPerRequest: medianOf(key, "cpuMsPerRequest"), requestsPerSecond };
  });
  const rows = SIZES.flatMap((size) =>
    MIRRORED.map(({ kind, title, goals }): Row => {
      const key = keyOf({ kind, size });
      const ratio = (field: keyof Measurement): Estimate => estimate(ratiosOf(rounds, { kind, size }, field), random);
      const cpu = ratio("cpuMsPerRequest");
      const goal = goals[size];
      return {
        kind,
        title,
        sizeBytes: size,
        cpu,
        requestsPerSecond: ratio("requestsPerSecond"),
        goal,
        judgement: judge(cpu, goal),
        cpuMsPerRequest: medianOf(key, "cpuMsPerRequest"),
        mirroredShare: medianOf(key, "mirrored"),
        queuedShare: medianOf(key, "queued"),
      };
    }),
  );
  const judgement = built.withoutPatterns <= BUNDLE_LIMIT_BYTES ? "met" : "missed";
  const sizes = { gzipBytes: built.withoutPatterns, gzipBytesWithPatterns: built.all };
  const bundle = { ...sizes, limitBytes: BUNDLE_LIMIT_BYTES, judgement } as const;
  return { schemaVersion: SCHEMA_VERSION, rounds: rounds.length, rows, passthrough, bundle };
}

/** Whether any goal is missed. */
export function isMissed({ rows, bundle }: Result): boolean {
  return [...rows, bundle].some(({ judgement }) => judgement === "missed");
}

function valuesOf(rounds: readonly Round[], key: string, field: keyof Measurement): readonly number[] {
  return rounds.map((round) => round[key]?.[field] ?? Number.NaN);
}

function ratiosOf(
  rounds: readonly Round[],
  cell: { readonly kind: string; readonly size: number },
  field: keyof Measurement,
): readonly number[] {
  const base = valuesOf(rounds, keyOf({ kind: PASSTHROUGH, size: cell.size }), field);
  return valuesOf(rounds, keyOf(cell), field).map((value, at) => value / (base[at] ?? Number.NaN));
}
