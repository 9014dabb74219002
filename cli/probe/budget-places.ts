/** The places that may say a budget beside `probe.json`: flags and environment go before it, the repository's configuration after. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { parseProjectConfig } from "../../core/config/parse.ts";
import type { Budgets } from "../../core/probe/budgets.ts";
import type { BudgetPlace } from "../../core/probe/choose-budgets.ts";
import { CONFIG_PATHS } from "../../infra/provisioner/plan/config.ts";
import { numberIn, type ProbeOptions } from "./options.ts";
import type { Variables } from "./origin.ts";
import { textOf, UsageError } from "./usage.ts";

/** Whoever is called without a file: a table, because their names are known to other tools. */
const ENVIRONMENT: Readonly<Partial<Record<keyof Budgets, string>>> = {
  p95_ms: "SHADOW_P95_MS",
  p99_ms: "SHADOW_P99_MS",
  size_kb: "SHADOW_MAX_SIZE_KB",
};

const FLAGS: Readonly<Record<keyof Budgets, string>> = {
  p95_ms: "--p95-threshold",
  p99_ms: "--p99-threshold",
  size_kb: "--max-size-kb",
  failure_rate: "--max-failure-rate",
};

export interface BudgetPlaces {
  readonly before: readonly BudgetPlace[];
  readonly after: readonly BudgetPlace[];
}

/** Throws a `UsageError`. `folder` is where `.shadow-infra.yml` may lie. */
export function budgetPlaces(options: ProbeOptions, env: Variables, folder: string): BudgetPlaces {
  const { p95Threshold, p99Threshold, maxSizeKb, maxFailureRate } = options;
  const flags = { p95_ms: p95Threshold, p99_ms: p99Threshold, size_kb: maxSizeKb, failure_rate: maxFailureRate };
  return {
    before: [
      { from: FLAGS, budgets: flags },
      { from: ENVIRONMENT, budgets: environmentBudgets(env) },
    ],
    after: repositoryBudgets(folder),
  };
}

function environmentBudgets(env: Variables): Partial<Budgets> {
  const read = Object.entries(ENVIRONMENT).flatMap(([budget, name]) => {
    const text = env[name];
    if (text === undefined || text.trim() === "") return [];
    const value = numberIn(text);
    if (!(value >= 0)) throw new UsageError(`${name} is "${text}"; write a number of 0 or more, such as 75.`);
    return [[budget, value] as const];
  });
  return Object.fromEntries(read);
}

/** Of a repository that says its budgets already. A file with faults is told, because its budgets would silently not hold. */
function repositoryBudgets(folder: string): readonly BudgetPlace[] {
  const path = CONFIG_PATHS.map((each) => join(folder, each)).find((each) => existsSync(each));
  if (path === undefined) return [];
  const name = relative(folder, path);
  const parsed = parseProjectConfig(textOf(path, name));
  if (parsed.ok) return [{ from: name, budgets: parsed.value.budgets }];
  const lines = parsed.problems.map(({ line, key, message }) => `${name}:${line} ${key}: ${message}`);
  throw new UsageError(lines.join("\n"));
}
