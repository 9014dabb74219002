/** Proposals in words: what changes, and on what grounds. */
import type { Proposal } from "../../core/budgets/plan.ts";
import { MIN_RUNS } from "../../core/budgets/suggest.ts";
import type { BudgetName } from "../../core/probe/budgets.ts";

/** `75 ms`, `25 KB`, `0.05`: as the files write it, with its unit. */
function valueWords(budget: BudgetName, value: number): string {
  const rounded = String(Number(value.toPrecision(4)));
  if (budget === "failure_rate") return rounded;
  return `${rounded} ${budget === "size_kb" ? "KB" : "ms"}`;
}

/** `probe.json:12 p95_ms of POST /orders`. */
function placeWords({ file, site, budget }: Proposal): string {
  const where = file === null ? "default" : site === null ? file : `${file}:${site.line}`;
  const own = site?.endpoint ?? null;
  return `${where} ${budget}${own === null ? "" : ` of ${own.method} ${own.path}`}`;
}

/** One line: where, what, why. */
export function proposalLine(proposal: Proposal, headroom: number): string {
  const { budget, now, proposed, wanted, outcome, site } = proposal;
  const was = `${valueWords(budget, now)}${site === null ? " (the default)" : ""}`;
  const told: Readonly<Record<Proposal["outcome"], string>> = {
    lower: `${was} -> ${valueWords(budget, proposed)}`,
    raise: `${was} -> ${valueWords(budget, proposed)}, raised`,
    held: `stays ${was}; its history asks for ${valueWords(budget, wanted)}`,
    keep: `stays ${was}`,
    "too-few-runs": `stays ${was}`,
  };
  return `${placeWords(proposal)}: ${told[outcome]} (${groundsOf(proposal, headroom)})`;
}

function groundsOf({ budget, outcome, evidence }: Proposal, headroom: number): string {
  const { runs, fewestOf, highest, highestOf, leftOut } = evidence;
  const failed = leftOut === 0 ? "" : `; ${leftOut} left out because they failed too often`;
  if (fewestOf === null) return "no run of what it is for";
  if (outcome === "too-few-runs") return `${runs} of ${MIN_RUNS} runs of ${fewestOf}${failed}`;
  const value = `highest of ${runs} runs and more: ${valueWords(budget, highest)}, ${highestOf ?? ""}`;
  return `${value}; times ${headroom}${failed}`;
}

/** What a reader has to know beside the lines; empty where there is nothing. */
export function remarks(proposals: readonly Proposal[]): readonly string[] {
  const has = (outcome: Proposal["outcome"]) => proposals.some((each) => each.outcome === outcome);
  const isHomeless = proposals.some(({ file, outcome }) => file === null && outcome === "lower");
  return [
    has("held") ? "Nothing is raised without --allow-raise." : "",
    has("raise")
      ? "A raised budget needs an approval: a commit with the approval tag and its Approved by: and Risk: lines (shadow-infra governance asks for it)."
      : "",
    isHomeless ? "No file says budgets here: make a .shadow-infra.yml or probe.json to write them to." : "",
  ].filter((line) => line !== "");
}

/** Why nothing could be proposed at all. */
export function tooLittle(proposals: readonly Proposal[], source: string): string {
  const most = proposals.toSorted((one, other) => other.evidence.runs - one.evidence.runs)[0]?.evidence;
  const known = most?.fewestOf == null ? "no run" : `${most.runs} of ${most.fewestOf}`;
  return (
    `Too little history to propose a budget: ${MIN_RUNS} runs of each endpoint are needed, ${known} is there (${source}). ` +
    "Let shadow-infra probe run in more pipelines, with --post-to or its results kept as artifacts."
  );
}
