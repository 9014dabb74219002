/**
 * The page of a run: the verdict, Performance Budgets, Governance Rules Enforced, Test Results per job. Pure. A section whose job did not
 * run says so; an empty table never looks like a good one.
 */
import { rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow, ProbeResults } from "../../../core/wire/api/probes.ts";
import { escapedText, table } from "../../markdown.ts";
import type { Artifacts, GovernanceResults } from "./artifacts.ts";
import { type JobResult, passed, verdictOf } from "./needs.ts";

/** Marks with a word beside them each time: colour alone tells nobody anything. */
const RESULT_WORDS: Readonly<Record<JobResult["result"], string>> = {
  success: "✅ passed",
  failure: "❌ failed",
  cancelled: "❌ cancelled",
  skipped: "➖ skipped",
  unknown: "❌ unknown",
};

/** Names of the jobs that the sections are about. */
const GOVERNANCE_JOB = "shadow-governance";
const PROBE_JOB = "shadow-performance-probe";

/** The whole page in Markdown. */
export function page(jobs: readonly JobResult[], artifacts: Artifacts): string {
  const mark = passed(jobs) ? "✅ passed" : "❌ failed";
  const sections = [
    `## Shadow CI: ${mark}`,
    `**Verdict:** ${escapedText(verdictOf(jobs))}.`,
    "### Performance Budgets",
    budgets(artifacts.probe, resultOf(jobs, PROBE_JOB)),
    "### Governance Rules Enforced",
    governance(artifacts.governance, resultOf(jobs, GOVERNANCE_JOB)),
    "### Test Results",
    tests(jobs, artifacts),
    ...artifacts.problems.map((problem) => `⚠️ ${escapedText(problem)}.`),
  ];
  return `${sections.join("\n\n")}\n`;
}

function resultOf(jobs: readonly JobResult[], name: string): JobResult["result"] {
  return jobs.find(({ job }) => job === name)?.result ?? "unknown";
}

/** Why a section has nothing to show. */
function absent(what: string, result: JobResult["result"]): string {
  if (result === "skipped") return `Not run: nothing that it covers changed, or an earlier job failed.`;
  if (result === "success") return `The job passed and left no ${what}; see its log.`;
  return `No ${what}: the job ended before there were any (${RESULT_WORDS[result]}).`;
}

function budgets(results: ProbeResults | null, result: JobResult["result"]): string {
  if (results === null) return absent("results", result);
  const rows = results.budgets ?? [];
  const about = `${results.iterations} requests per endpoint at ${escapedText(results.base_url)}.`;
  if (rows.length === 0) return `${about}\n\n${figures(results)}`;
  return `${about}\n\n${table(["endpoint", "budget", "value", "limit", "result"], rows.map(budgetRow))}`;
}

function budgetRow(row: BudgetRow): readonly string[] {
  const { name, value, threshold, note } = rowText(row);
  const shown = note === "" ? value : `${value} (${note})`;
  const result = row.judged === false ? "➖ not judged: the ratio decides" : row.passed ? "✅ held" : "❌ over";
  return [row.endpoint, name, shown, `under ${threshold}`, result];
}

function figures({ endpoints }: ProbeResults): string {
  const rows = Object.entries(endpoints).map(([path, { p50, p95, p99, avg_size_kb: size, failures }]) => [
    path,
    ...[p50, p95, p99, size, failures].map((each) => String(round(each))),
  ]);
  return table(["endpoint", "p50 ms", "p95 ms", "p99 ms", "average KB", "failures"], rows);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const STATE_WORDS: Readonly<Record<GovernanceResults["outcomes"][number]["state"], string>> = {
  passed: "✅ kept",
  failed: "❌ broken",
  warned: "⚠️ warning",
  "not-judged": "➖ not judged",
};

function governance(results: GovernanceResults | null, result: JobResult["result"]): string {
  if (results === null) return absent("results", result);
  const rows = results.outcomes.map(({ ruleId, title, state, reason }) => [
    ruleId,
    title,
    reason === null ? STATE_WORDS[state] : `${STATE_WORDS[state]}: ${reason}`,
  ]);
  return table(["rule", "title", "result"], rows);
}

function tests(jobs: readonly JobResult[], { tests: counts, coverage }: Artifacts): string {
  const rows = jobs.map(({ job, result }) => {
    const count = counts.get(job);
    if (count === undefined) return [job, RESULT_WORDS[result], ""];
    const { tests: all, failed, skipped } = count;
    return [job, RESULT_WORDS[result], `${all - failed - skipped} passed, ${failed} failed, ${skipped} skipped`];
  });
  const covered = coverage === null ? [] : [`Coverage: ${round(coverage * 100)} % of statements.`];
  return [table(["job", "result", "tests"], rows), ...covered].join("\n\n");
}
