/**
 * What a budget could be, from what was measured: the highest value of its runs with headroom, rounded up. Lower than now freely, higher
 * only where the caller allows it. Proposes, and changes nothing.
 */
import { type BudgetName, type Budgets, valueOf } from "../probe/budgets.ts";
import type { ProbedEndpoint } from "../wire/api/probes.ts";

/** Runs below which an endpoint's highest value is luck. */
export const MIN_RUNS = 10;
/** The budget through the highest value: absolute times differ by a fifth and more from one shared runner to the next. */
export const DEFAULT_HEADROOM = 1.2;

/** What budgets are rounded up to. Milliseconds, milliseconds, units of 1,024 bytes, share. */
const UNITS: Budgets = { p95_ms: 1, p99_ms: 1, size_kb: 1, failure_rate: 0.01 };
/** No budget is proposed below these: below is noise of the machine that measures, and one slip among 100 requests. */
const LOWEST: Budgets = { p95_ms: 5, p99_ms: 10, size_kb: 1, failure_rate: 0.02 };
/** The largest values that a results file can hold. */
const HIGHEST: Budgets = { p95_ms: 3_600_000, p99_ms: 3_600_000, size_kb: 1_000_000, failure_rate: 1 };
/** A change by less than this share of a budget is not worth a review. */
const MIN_CHANGE = 0.05;
/** A run with this share of failures says little of latency and size: it measured its failures. */
const UNSOUND_FAILURE_RATE = 0.05;

/** One run of one endpoint. */
export interface EndpointFigures {
  readonly endpoint: string;
  readonly figures: ProbedEndpoint;
}

export interface Question {
  readonly budget: BudgetName;
  readonly now: number;
  /** Whether the budget holds for an endpoint. */
  readonly covers: (endpoint: string) => boolean;
}

export interface Terms {
  /** Over 1. */
  readonly headroom: number;
  readonly allowRaise: boolean;
}

export interface Evidence {
  /** Of the endpoint with the fewest. */
  readonly runs: number;
  readonly fewestOf: string | null;
  /** The highest value, and whose it is. */
  readonly highest: number;
  readonly highestOf: string | null;
  /** Runs that failed too often to count. */
  readonly leftOut: number;
}

/** `held`: it would have to be raised, and may not be. `keep`: it fits, within a few per cent. */
export type Outcome = "lower" | "raise" | "held" | "keep" | "too-few-runs";

export interface Suggestion {
  readonly budget: BudgetName;
  readonly now: number;
  /** By the history alone. */
  readonly wanted: number;
  /** The same as `now` where nothing changes. */
  readonly proposed: number;
  readonly outcome: Outcome;
  readonly evidence: Evidence;
}

/** Proposes one budget. */
export function suggest(history: readonly EndpointFigures[], question: Question, terms: Terms): Suggestion {
  const { budget, now } = question;
  const evidence = evidenceOf(history, question);
  // A budget below the lowest that would be proposed is its owner's decision.
  const lowest = Math.min(LOWEST[budget], now);
  const wanted = Math.min(HIGHEST[budget], Math.max(lowest, withHeadroom(budget, evidence.highest, terms.headroom)));
  const outcome = evidence.runs < MIN_RUNS ? "too-few-runs" : outcomeOf(now, wanted, terms.allowRaise);
  const proposed = outcome === "lower" || outcome === "raise" ? wanted : now;
  return { budget, now, wanted, proposed, outcome, evidence };
}

function outcomeOf(now: number, wanted: number, allowRaise: boolean): Outcome {
  if (wanted > now) return allowRaise ? "raise" : "held";
  return wanted <= now * (1 - MIN_CHANGE) ? "lower" : "keep";
}

/** Rounded up to the unit, and always above the highest value: at the threshold is over it. */
function withHeadroom(budget: BudgetName, highest: number, headroom: number): number {
  const unit = UNITS[budget];
  const steps = Math.max(Math.ceil((highest * headroom) / unit - 1e-9), Math.floor(highest / unit + 1e-9) + 1);
  return Number((steps * unit).toPrecision(12));
}

function evidenceOf(history: readonly EndpointFigures[], { budget, covers }: Question): Evidence {
  const covered = history.filter(({ endpoint }) => covers(endpoint));
  const sound = covered.filter(({ figures }) => isSound(budget, figures));
  const byEndpoint = Map.groupBy(covered, ({ endpoint }) => endpoint);
  const counts = [...byEndpoint.keys()].map((endpoint) => ({
    endpoint,
    runs: sound.filter((run) => run.endpoint === endpoint).length,
  }));
  const fewest = counts.toSorted((one, other) => one.runs - other.runs)[0];
  const highest = sound.toSorted((one, other) => valueOf(other.figures, budget) - valueOf(one.figures, budget))[0];
  return {
    runs: fewest?.runs ?? 0,
    fewestOf: fewest?.endpoint ?? null,
    highest: highest === undefined ? 0 : valueOf(highest.figures, budget),
    highestOf: highest?.endpoint ?? null,
    leftOut: covered.length - sound.length,
  };
}

function isSound(budget: BudgetName, { failure_rate: failureRate }: ProbedEndpoint): boolean {
  return budget === "failure_rate" || failureRate < UNSOUND_FAILURE_RATE;
}
