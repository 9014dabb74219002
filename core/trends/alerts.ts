/**
 * What people are told of the default branch's runs, as a state machine per endpoint and budget. A level is told when it is reached and
 * not again while it lasts; which levels were told is the caller's to keep.
 */

import { BUDGET_NAMES, type BudgetName, valueOf } from "../probe/budgets.ts";
import { isWithin } from "../probe/rows.ts";
import type { BudgetRow, ProbedEndpoint } from "../wire/api/probes.ts";
import { BUDGET_WARNING_SHARE } from "../wire/api/trends.ts";
import { shareOf } from "./trend.ts";

/** Holds, uses most of it, is over it, was over it twice in a row. */
export const LEVELS = ["holds", "warning", "breach", "repeated"] as const;
export type Level = (typeof LEVELS)[number];

/** A warning ends only below this, so that a value beside the border does not warn again and again. */
export const WARNING_ENDS_SHARE = 0.75;

/** What one run says of each endpoint. */
export type RunEndpoints = Readonly<
  Record<string, { readonly figures: ProbedEndpoint; readonly budgets: readonly BudgetRow[] }>
>;

/** By `levelKey`; those that hold are left out. */
export type Levels = Readonly<Record<string, Level>>;

export interface Change {
  readonly endpoint: string;
  readonly budget: BudgetName;
  readonly from: Level;
  readonly to: Level;
  /** Null where the newest run has no such endpoint or budget any more. */
  readonly measured: { readonly value: number; readonly threshold: number } | null;
}

/** Endpoints hold no line breaks in HTTP; one that does only names a key that nobody else has. */
export function levelKey(endpoint: string, budget: BudgetName): string {
  return `${endpoint}\n${budget}`;
}

/** `newest` and the run `before` it, of one service's default branch in one region; `known`: what was told. */
export function levelsAfter(newest: RunEndpoints, before: RunEndpoints | null, known: Levels): Levels {
  const entries = Object.keys(newest).flatMap((endpoint) =>
    BUDGET_NAMES.flatMap((budget): [string, Level][] => {
      const key = levelKey(endpoint, budget);
      const level = levelOf(newest, before, { endpoint, budget, known: known[key] ?? "holds" });
      return level === "holds" ? [] : [[key, level]];
    }),
  );
  return Object.fromEntries(entries);
}

interface Asked {
  readonly endpoint: string;
  readonly budget: BudgetName;
  readonly known: Level;
}

function levelOf(newest: RunEndpoints, before: RunEndpoints | null, { endpoint, budget, known }: Asked): Level {
  const found = measuredIn(newest, endpoint, budget);
  if (found === null) return "holds";
  if (found.isOver) return before !== null && measuredIn(before, endpoint, budget)?.isOver ? "repeated" : "breach";
  const use = shareOf(found.value, found.threshold);
  const border = known === "holds" ? BUDGET_WARNING_SHARE : WARNING_ENDS_SHARE;
  return use >= border ? "warning" : "holds";
}

interface Measured {
  readonly value: number;
  readonly threshold: number;
  readonly isOver: boolean;
}

/** Null where the run has no such endpoint, or no budget of it that is judged. */
function measuredIn(run: RunEndpoints, endpoint: string, budget: BudgetName): Measured | null {
  const own = Object.hasOwn(run, endpoint) ? run[endpoint] : undefined;
  const row = own?.budgets.find((each) => each.budget === budget && each.judged !== false);
  if (own === undefined || row === undefined) return null;
  const value = valueOf(own.figures, budget);
  return { value, threshold: row.threshold, isOver: !row.passed || !isWithin(value, row.threshold) };
}

/** From what was told to what is, in the order of their keys. A warning that follows a breach is the end of the breach. */
export function changesOf(known: Levels, next: Levels, newest: RunEndpoints): readonly Change[] {
  const keys = [...new Set([...Object.keys(known), ...Object.keys(next)])].toSorted((a, b) => (a < b ? -1 : 1));
  return keys.flatMap((key) => {
    const [from, to] = [known[key] ?? "holds", next[key] ?? "holds"];
    const border = key.lastIndexOf("\n");
    const endpoint = key.slice(0, border);
    const budget = BUDGET_NAMES.find((each) => each === key.slice(border + 1));
    if (from === to || budget === undefined) return [];
    const found = measuredIn(newest, endpoint, budget);
    const measured = found === null ? null : { value: found.value, threshold: found.threshold };
    return [{ endpoint, budget, from, to, measured }];
  });
}

/** Whether a level is over the budget. */
export function isOver(level: Level): boolean {
  return level === "breach" || level === "repeated";
}

/** Worth a line in the channel: what got worse, and the end of a breach. That a warning ended is not. */
export function isTold({ from, to }: Change): boolean {
  return LEVELS.indexOf(to) > LEVELS.indexOf(from) || (isOver(from) && !isOver(to));
}

/** Worth a page, or the end of one: breaches only. */
export function isPaged({ from, to }: Change): boolean {
  return from !== to && (isOver(from) || isOver(to)) && !(from === "repeated" && to === "breach");
}
