/** Proposals for all files together: each place that says a budget, and the budgets that no file says. */

import type { Result } from "../pair/result.ts";
import { BUDGET_NAMES, type BudgetName, DEFAULT_BUDGETS } from "../probe/budgets.ts";
import { type NewBudget, withBudgets, withValues } from "./edit.ts";
import type { BudgetSite } from "./sites.ts";
import { type EndpointFigures, type Suggestion, suggest, type Terms } from "./suggest.ts";

export interface TargetFile {
  readonly path: string;
  readonly text: string;
  readonly sites: readonly BudgetSite[];
  readonly isRules: boolean;
}

export interface Proposal extends Suggestion {
  /** Null: no file is there that could say it. */
  readonly file: string | null;
  /** Null: the file does not say it yet; the default holds. */
  readonly site: BudgetSite | null;
}

/** `files` in the order in which they count: a budget that none of them says would be added to the first that is no file of rules. */
export function proposalsFor(
  files: readonly TargetFile[],
  history: readonly EndpointFigures[],
  terms: Terms,
): readonly Proposal[] {
  const all = files.flatMap(({ sites }) => sites);
  const said = files.flatMap(({ path, sites }) =>
    sites.map((site): Proposal => {
      const covers = (endpoint: string) => isCovered(endpoint, site, all);
      return { file: path, site, ...suggest(history, { budget: site.budget, now: site.now, covers }, terms) };
    }),
  );
  const home = files.find(({ isRules }) => !isRules)?.path ?? null;
  const unsaid = BUDGET_NAMES.filter((budget) => !isSaid(budget, files, home)).map((budget): Proposal => {
    const covers = (endpoint: string) => !hasOwn(endpoint, budget, all);
    return { file: home, site: null, ...suggest(history, { budget, now: DEFAULT_BUDGETS[budget], covers }, terms) };
  });
  return [...said, ...unsaid];
}

/** A file of rules alone says what holds where nothing else could say it. */
function isSaid(budget: BudgetName, files: readonly TargetFile[], home: string | null): boolean {
  return files.some(({ sites }) =>
    sites.some((site) => site.budget === budget && site.endpoint === null && (home === null || !site.isRule)),
  );
}

function isCovered(endpoint: string, site: BudgetSite, all: readonly BudgetSite[]): boolean {
  if (site.endpoint !== null) return isOf(endpoint, site);
  return site.isRule || !hasOwn(endpoint, site.budget, all);
}

function hasOwn(endpoint: string, budget: BudgetName, all: readonly BudgetSite[]): boolean {
  return all.some((site) => site.budget === budget && isOf(endpoint, site));
}

/** Results name an endpoint by its path, or by method and path where two share it. */
function isOf(endpoint: string, site: BudgetSite): boolean {
  if (site.endpoint === null) return false;
  const { path, method } = site.endpoint;
  return endpoint === path || endpoint === `${method} ${path}`;
}

/** A file's text with what is proposed for it; the same text where nothing is. */
export function proposedText(
  { path, text }: TargetFile,
  proposals: readonly Proposal[],
): Result<string, "unreadable-file" | "cannot-edit"> {
  const own = proposals.filter(({ file, outcome }) => file === path && (outcome === "lower" || outcome === "raise"));
  const values = own.flatMap(({ site, proposed }) => (site === null ? [] : [{ site, value: proposed }]));
  const added = own.flatMap(({ site, budget, proposed }): readonly NewBudget[] =>
    site === null ? [{ budget, value: proposed }] : [],
  );
  const edited = withValues(text, values);
  return edited.ok ? withBudgets(edited.value, added) : edited;
}
