/**
 * Load mode's figures: what the samples of a step amount to, when to go no further, and what the steps of an endpoint say together. Pure; who
 * sends the requests is elsewhere.
 */
import type { BudgetRow, LoadStep, LoadSummary, ProbeResults } from "../wire/api/probes.ts";
import type { Budgets } from "./budgets.ts";
import { measured } from "./figures.ts";
import { kneeOf } from "./knee.ts";
import { budgetRows, NOTHING_MEASURED } from "./rows.ts";
import { isTimed, type Sample } from "./sample.ts";

const MS = 1_000;

/** Beyond it a higher step measures how errors are made. */
const MAX_FAILURE_RATE = 0.5;

/** One step as it was measured. */
export interface LoadedStep {
  readonly step: LoadStep;
  /** Mean milliseconds of its answers; 0 where there were none. */
  readonly meanMs: number;
  readonly samples: readonly Sample[];
}

export interface StepTerms {
  readonly endpoint: string;
  readonly concurrency: number;
  readonly elapsedS: number;
}

export function loadedStep(samples: readonly Sample[], { endpoint, concurrency, elapsedS }: StepTerms): LoadedStep {
  const { figures } = measured("", samples);
  const { p50, p95, p99, failure_rate, requests, failure_reasons } = figures;
  const times = samples.filter(isTimed);
  const good = samples.filter(({ failed }) => failed === null).length;
  const throughput = elapsedS > 0 ? Math.round((good / elapsedS) * 1_000) / 1_000 : 0;
  const more = { ...(requests !== undefined && { requests }), ...(failure_reasons && { failure_reasons }) };
  const step: LoadStep = { endpoint, concurrency, throughput, p50, p95, p99, failure_rate, ...more };
  const meanMs = times.length === 0 ? 0 : times.reduce((sum, { ms }) => sum + ms, 0) / times.length;
  return { step, meanMs, samples };
}

/** Why no higher step makes sense, or null. */
export function stopAfter({ step }: LoadedStep, timeoutMs: number): string | null {
  const at = `stopped after ${step.concurrency} at a time`;
  if (step.failure_rate > MAX_FAILURE_RATE) return `${at}: ${Math.round(step.failure_rate * 100)} % failed`;
  if (step.p95 >= timeoutMs) return `${at}: its p95 is the time-out of ${timeoutMs / MS} s`;
  return null;
}

export interface SummaryTerms {
  readonly endpoint: string;
  readonly budgets: Budgets;
  /** The concurrency that is judged. */
  readonly at: number;
  readonly stopped: string | null;
}

/**
 * `saturation` is where the two asymptotes of a closed system meet, peak throughput times the response time without
 * waiting, here the smallest median (P. J. Denning, J. P.
 * Buzen: The operational analysis of queueing network models, ACM Computing Surveys 10(3), 1978): for k workers it is k, also where no step
 * has that concurrency. As the knee, it is null where the highest step still has the best of both.
 */
export function loadSummary(
  steps: readonly LoadedStep[],
  { endpoint, budgets, at, stopped }: SummaryTerms,
): LoadSummary {
  const peak = steps.reduce((most, { step }) => Math.max(most, step.throughput), 0);
  const knee = kneeOf(steps.map(({ step, meanMs }) => ({ ...step, meanMs })));
  const judged = steps.find(({ step }) => step.concurrency === at)?.samples ?? [];
  const alone = steps.map(({ step }) => step.p50).filter((p50) => p50 > 0);
  const saturation = (peak * (alone.length === 0 ? 0 : Math.min(...alone))) / MS;
  return {
    peak,
    knee: knee === null ? null : (steps[knee]?.step.concurrency ?? null),
    saturation: knee === null ? null : Math.round(saturation * 10) / 10,
    ...(stopped !== null && { stopped }),
    judged_at: at,
    budgets: budgetRows(endpoint, measured("", judged), budgets)
      .filter(({ budget }) => budget !== "size_kb")
      .map((row) => ({ ...row, note: noteOf(row, at) })),
  };
}

/** What was not measured says so in the words that all outputs know. */
function noteOf({ note }: BudgetRow, at: number): string {
  if (note === NOTHING_MEASURED) return note;
  return [`${at} at a time`, ...(note === undefined ? [] : [note])].join("; ").slice(0, 300);
}

/** What the load mode found, for the results. */
export interface LoadFound {
  readonly steps: readonly LoadStep[];
  readonly summary: Readonly<Record<string, LoadSummary>>;
}

/** The results with it: passed only where the judged step of every endpoint kept its budgets as well. */
export function withLoad(results: ProbeResults, { steps, summary }: LoadFound): ProbeResults {
  if (steps.length === 0) return results;
  const rows = Object.values(summary).flatMap(({ budgets }) => budgets);
  const passed = results.passed === true && rows.every((row) => row.passed);
  return { ...results, passed, load: [...steps], load_summary: { ...summary } };
}

/** Every row that is judged or shown, those under load last. */
export function allRows({ budgets = [], load_summary: summary = {} }: ProbeResults): readonly BudgetRow[] {
  return [...budgets, ...Object.values(summary).flatMap((one) => one.budgets)];
}
