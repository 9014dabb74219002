/**
 * One endpoint over time: its runs, how much of each budget the newest uses and where that leads, and its newest step.
 * Figures of several regions are shown together but never reckoned with each other: the newest run's region is judged.
 */

import { BUDGET_NAMES, type BudgetName, valueOf } from "../probe/budgets.ts";
import type { BudgetRow, ProbedEndpoint } from "../wire/api/probes.ts";
import { BUDGET_WARNING_SHARE, type Trend } from "../wire/api/trends.ts";
import { allHold } from "./budget-rows.ts";
import { daysToBreach } from "./forecast.ts";
import { findStep } from "./step.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A budget of nothing is used up by anything but nothing; JSON has no infinity. */
const USE_MOST = 1_000_000;

/** What one run says of one endpoint. Empty texts and pull 0: not named. */
export interface EndpointRun {
  readonly run: string;
  readonly repository: string;
  readonly service: string;
  readonly endpoint: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly branch: string;
  readonly commit: string;
  readonly pull: number;
  readonly region: string;
  readonly figures: ProbedEndpoint;
  readonly budgets: readonly BudgetRow[];
}

/** Share of a budget that a value uses: 1 is all of it. */
export function shareOf(value: number, threshold: number): number {
  // Nothing is over a budget with 0.
  if (threshold <= 0) return value > 0 ? USE_MOST : 0;
  return Math.min(USE_MOST, value / threshold);
}

/**
 * `runs`: of one endpoint, oldest first, at least one. `rows`: the budgets that hold, which may be another branch's: results of a pull
 * request do not raise them. `isoTime` makes a time of Unix milliseconds.
 */
export function trendOf(
  runs: readonly [EndpointRun, ...EndpointRun[]],
  rows: readonly BudgetRow[],
  isoTime: (ms: number) => string,
): Trend {
  const newest = runs.at(-1) ?? runs[0];
  const judged = runs.filter(({ region }) => region === newest.region);
  const step = findStep(judged.map(({ figures }) => figures.p95));
  const first = step === null ? undefined : judged[step.at];
  // A slope across a step would foretell another one.
  const sinceStep = step === null ? judged : judged.slice(step.at);
  return {
    service: newest.service,
    repository: named(newest.repository),
    endpoint: newest.endpoint,
    points: runs.map((run) => pointOf(run, isoTime)),
    budgets: BUDGET_NAMES.flatMap((budget) => budgetUse(sinceStep, rows, budget)),
    step:
      step === null || first === undefined
        ? null
        : {
            run: first.run,
            at: isoTime(first.at),
            commit: named(first.commit),
            before: step.before,
            after: step.after,
          },
  };
}

function budgetUse(runs: readonly EndpointRun[], rows: readonly BudgetRow[], budget: BudgetName): Trend["budgets"] {
  const row = rows.find((each) => each.budget === budget);
  const newest = runs.at(-1);
  if (row === undefined || newest === undefined) return [];
  const { threshold } = row;
  const value = valueOf(newest.figures, budget);
  const use = shareOf(value, threshold);
  const points = runs.map(({ at, figures }) => ({ x: (at - newest.at) / DAY_MS, y: valueOf(figures, budget) }));
  const warning = use >= BUDGET_WARNING_SHARE;
  return [{ budget, threshold, value, use, warning, daysToBreach: daysToBreach(points, threshold) }];
}

function pointOf(run: EndpointRun, isoTime: (ms: number) => string): Trend["points"][number] {
  return {
    run: run.run,
    at: isoTime(run.at),
    branch: named(run.branch),
    commit: named(run.commit),
    pull: run.pull === 0 ? null : run.pull,
    region: named(run.region),
    figures: run.figures,
    passed: allHold(run.budgets),
  };
}

function named(text: string): string | null {
  return text === "" ? null : text;
}
