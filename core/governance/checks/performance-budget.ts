/** The results of the last probe against the budgets of the rule. A value at its threshold is over it. */
import { BUDGET_NAMES, type Budgets, DEFAULT_BUDGETS, valueOf } from "../../probe/budgets.ts";
import { isWithin } from "../../probe/rows.ts";
import { rowText } from "../../probe/rows-text.ts";
import { type ProbedEndpoint, type ProbeResults, ProbeResultsSchema } from "../../wire/api/probes.ts";
import type { Check, CheckResult } from "../check.ts";
import type { Rule } from "../rules.ts";
import type { Hit } from "../violation.ts";

/** Where a probe writes its results when nobody says otherwise; `{tmp}` is the system's temporary folder. */
export const PROBE_RESULTS_PATH = "{tmp}/shadow_probe_results.json";

/** The budgets of a rule: those it names, and where it names none the defaults of the probe. */
export function budgetsOf(rule: Rule): Partial<Budgets> {
  if (rule.budgets !== undefined) return rule.budgets;
  return rule.checks.some(({ kind }) => kind === "performance-budget") ? DEFAULT_BUDGETS : {};
}

export const performanceBudget: Check<"performance-budget"> = ({ check, rule, change, around }): CheckResult => {
  if (change.scope === "staged") return { notJudged: "what is staged has not been probed" };
  const path = check.results ?? PROBE_RESULTS_PATH;
  const text = around.readResult(path);
  const place = placeWords(path);
  if (text === null)
    return {
      notJudged: `there are no results of a probe at ${place}; \`shadow-infra probe\` makes them`,
      because: "no-results",
    };
  const results = ProbeResultsSchema.safeParse(jsonOf(text));
  if (!results.success) return { notJudged: `${place} holds no results of a probe`, because: "unreachable" };
  const endpoints = Object.entries(results.data.endpoints);
  if (endpoints.length === 0) return { notJudged: `the probe at ${place} asked no endpoint`, because: "unreachable" };
  const hint = hintOf(results.data);
  return endpoints.flatMap(([name, endpoint]) => hitsOf(endpoint, budgetsOf(rule), { name, hint }));
};

/** The folder's own name is the machine's, which only the caller knows. */
function placeWords(path: string): string {
  return path.startsWith("{tmp}/") ? `${path.slice("{tmp}/".length)} in the temporary folder` : path;
}

/** Says of when and of what the results are: on a laptop they may be of another day, or of a service that was not running. */
function hintOf({ timestamp, base_url }: ProbeResults): string {
  return `Probed at ${timestamp}, ${base_url}; probe again if that is not what is meant. Make it faster or smaller. A higher budget needs an approval.`;
}

/** What is the same in all that is said of one endpoint. */
interface Said {
  readonly name: string;
  readonly hint: string;
}

function hitsOf(endpoint: ProbedEndpoint, budgets: Partial<Budgets>, { name, hint }: Said): readonly Hit[] {
  return BUDGET_NAMES.flatMap((budget) => {
    const threshold = budgets[budget];
    const value = valueOf(endpoint, budget);
    if (threshold === undefined || isWithin(value, threshold)) return [];
    const words = rowText({ endpoint: name, budget, value, threshold, passed: false });
    return {
      message: `${name} is over its budget: ${words.name} ${words.value}, which has to be under ${words.threshold}`,
      hint,
      path: null,
      line: null,
      column: null,
      subject: `${name} ${budget}`,
      onlyWarns: false,
    };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
