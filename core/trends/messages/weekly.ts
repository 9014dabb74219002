/** The week in one message for Slack: a line per service, worst first, and nothing where nothing was ever probed. */

import type { Trend } from "../../wire/api/trends.ts";
import { BUDGET_WORDS, measuredText } from "./run.ts";
import { code, type SlackMessage, slackMessage } from "./slack.ts";

/** Runs of the default branch in the week, of one service. */
export interface WeekRuns {
  readonly repository: string;
  readonly service: string;
  readonly runs: number;
  readonly passed: number;
}

/** `trends`: of the default branch; `since`: when the week began, RFC 3339. Null: there is nothing to tell. */
export function weeklySummary(
  weeks: readonly WeekRuns[],
  trends: readonly Trend[],
  since: string,
): SlackMessage | null {
  const services = Map.groupBy(trends, ({ repository, service }) => JSON.stringify([repository ?? "", service]));
  if (services.size === 0) return null;
  const rows = [...services.values()].map((own) => {
    const [first] = own;
    const week = weeks.find((each) => each.service === first?.service && each.repository === (first.repository ?? ""));
    return { worst: worstOf(own), line: lineOf(own, week, since) };
  });
  const lines = rows.toSorted((one, other) => (other.worst?.use ?? 0) - (one.worst?.use ?? 0)).map(({ line }) => line);
  return slackMessage("Performance budgets: the week", lines, `since ${since.slice(0, 10)}, default branch`);
}

function lineOf(trends: readonly Trend[], week: WeekRuns | undefined, since: string): string {
  const name = [trends[0]?.service ?? "", trends[0]?.repository ?? ""].map(code).filter((text) => text !== "");
  const parts = [runsText(week), worstText(trends), stepsText(trends, since), breachText(trends)];
  return `${name.join(" ")} ${parts.filter((text) => text !== "").join("; ")}`;
}

/** A week without runs is told: silence would look like a good week. */
function runsText(week: WeekRuns | undefined): string {
  if (week === undefined || week.runs === 0) return ":grey_question: no run this week";
  return `${week.runs} ${week.runs === 1 ? "run" : "runs"}, ${Math.floor((100 * week.passed) / week.runs)} % passed`;
}

function worstOf(trends: readonly Trend[]) {
  const all = trends.flatMap(({ endpoint, budgets }) => budgets.map((budget) => ({ endpoint, ...budget })));
  return all.toSorted((one, other) => other.use - one.use)[0];
}

function worstText(trends: readonly Trend[]): string {
  const worst = worstOf(trends);
  if (worst === undefined) return "";
  const { endpoint, budget, value, threshold, use } = worst;
  return `most used: ${code(endpoint)} ${measuredText(budget, { value, threshold })} (${Math.round(use * 100)} %)`;
}

function stepsText(trends: readonly Trend[], since: string): string {
  return trends
    .flatMap(({ endpoint, step }) => {
      if (step === null || Date.parse(step.at) < Date.parse(since)) return [];
      const change = Math.round((100 * (step.after - step.before)) / Math.max(step.before, 1e-3));
      const commit = step.commit === null ? "" : ` since ${code(step.commit.slice(0, 12))}`;
      return [`step of p95 of ${code(endpoint)} by ${change} %${commit}`];
    })
    .join("; ");
}

function breachText(trends: readonly Trend[]): string {
  const soonest = trends
    .flatMap(({ endpoint, budgets }) => budgets.map((each) => ({ endpoint, ...each })))
    .flatMap(({ endpoint, budget, daysToBreach }) =>
      daysToBreach === null ? [] : [{ endpoint, budget, daysToBreach }],
    )
    .toSorted((one, other) => one.daysToBreach - other.daysToBreach)[0];
  if (soonest === undefined) return "";
  const days = Math.floor(soonest.daysToBreach);
  const budget = `the budget for the ${BUDGET_WORDS[soonest.budget]} of ${code(soonest.endpoint)}`;
  return `${budget} is used up in ${days === 1 ? "1 day" : `${days} days`}`;
}
