/** Drifts as the report shows them: rows with decisions applied, in the order a reviewer reads them. */
import { NOISE_KINDS, type NoiseKind } from "../noise/kind.ts";
import { rank, type Severity } from "../verdict/severity.ts";
import type { Drift } from "../wire/api/drifts.ts";
import type { LatencyFinding } from "./latency-shift.ts";
import { type Decisions, entryStanding, explanationOf } from "./standing.ts";

/** What a drift's row says of its verdict. */
export interface DriftRow {
  readonly signature: string;
  readonly severity: Severity;
  readonly floor: Severity;
  readonly ceiling: Severity;
  readonly reason: string;
  /** Pairs in which it counts. */
  readonly count: number;
  /** Pairs in which it was noise. */
  readonly noiseCount: number;
  readonly noiseReason: string | null;
  readonly noiseBy: string | null;
}

/** A route that became slower, as a drift of all its pairs. Measured over many of them, so no model moves it; a person may. */
export function slowRouteRow({ signature, severity, reason }: LatencyFinding, pairs: number): DriftRow {
  const never = { noiseCount: 0, noiseReason: null, noiseBy: null } as const;
  return { signature, severity, floor: severity, ceiling: severity, reason, count: pairs, ...never };
}

export type DriftStanding = Pick<
  Drift,
  "verdict" | "decidedBy" | "modelVersion" | "reasoning" | "count" | "noise" | "question"
>;

/** A drift is noise when it never counted, or in hindsight; then it is Safe whatever its rule says, and its count is that of the noise. */
export function driftStanding(row: DriftRow, decisions: Decisions): DriftStanding {
  const explained = explanationOf(row.signature, decisions);
  if (row.count === 0 || explained !== null) {
    const by = explained === null ? readKind(row.noiseBy) : "hindsight";
    const noise = { reason: explained ?? row.noiseReason ?? "noise", ...(by === null ? {} : { by }) };
    const count = row.count + row.noiseCount;
    return { verdict: "Safe", decidedBy: "rule", modelVersion: null, reasoning: row.reason, count, noise };
  }
  const standing = entryStanding([row.signature, row.severity, row.floor, row.ceiling], decisions);
  const question = questionOf(row.signature, decisions);
  const decision = standing.decidedBy === "rule" ? undefined : decisions.decided.get(row.signature);
  return {
    verdict: standing.verdict,
    decidedBy: standing.decidedBy,
    modelVersion: decision?.modelVersion ?? null,
    reasoning: decision?.reasoning || (question === undefined ? row.reason : `${row.reason} ${question.reason}`),
    count: row.count,
    noise: null,
    ...(question === undefined ? {} : { question }),
  };
}

function readKind(text: string | null): NoiseKind | null {
  return NOISE_KINDS.find((kind) => kind === text) ?? null;
}

function questionOf(signature: string, { open, unavailable, notes }: Decisions): Drift["question"] {
  const reason = notes.get(signature) ?? "";
  if (open.has(signature)) return { state: "open", reason };
  return unavailable.has(signature) ? { state: "unavailable", reason } : undefined;
}

/** Worst verdict first, then the most frequent, noise last; ties by signature, so that the order is stable. */
export function compareDrifts(a: Drift, b: Drift): number {
  return (
    Number(a.noise !== null) - Number(b.noise !== null) ||
    rank(b.verdict) - rank(a.verdict) ||
    b.count - a.count ||
    (a.signature < b.signature ? -1 : 1)
  );
}
