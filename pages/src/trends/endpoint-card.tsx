/** One endpoint in the list: its budgets first, then where a step began, then its runs in a few groups; all of them where a reader asks. */
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { TrendSummary } from "../../../core/wire/api/trend-overview.ts";
import { type TrendFilter, trendQuery } from "../api/queries.ts";
import { Failure, Loading } from "../frame/failure.tsx";
import { Ago } from "../pieces/ago.tsx";
import { counted } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import { failedWords, stepWords } from "../words/trend.ts";
import { dayOf } from "../words/trend-scales.ts";
import { BudgetUses } from "./budget-uses.tsx";
import { EndpointTrend } from "./endpoint-trend.tsx";
import { ThinnedRuns } from "./thinned-runs.tsx";

export interface EndpointCardProps {
  readonly summary: TrendSummary;
  readonly filter: TrendFilter;
  readonly openAtFirst: boolean;
}

export function EndpointCard({ summary, filter, openAtFirst }: EndpointCardProps) {
  const heading = useId();
  // Kept from the first showing: a card that moves down the list does not close under its reader.
  const [open, setOpen] = useState(openAtFirst);
  const { step, thinned, endpoint } = summary;
  return (
    <article aria-labelledby={heading} className="mt-5 rounded-lg border border-line bg-surface p-4">
      <Head id={heading} summary={summary} />
      <BudgetUses uses={summary.budgets} />
      {step !== null && (
        <p className="mt-3 rounded bg-warning-tint px-3 py-1.5 text-warning">
          {plain(stepWords(step))}, on {dayOf(Date.parse(step.at))}.
        </p>
      )}
      {!open && <ThinnedRuns endpoint={endpoint} thinned={thinned} />}
      <p className="mt-3">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`${open ? "Hide" : "Show"} all runs of ${endpoint}`}
          onClick={() => setOpen(!open)}
          className="text-xs underline"
        >
          {open ? "Hide all runs" : "Show all runs"}
        </button>
      </p>
      {open && <AllRuns summary={summary} filter={filter} />}
    </article>
  );
}

function AllRuns({ summary, filter }: Pick<EndpointCardProps, "summary" | "filter">) {
  const { data, error } = useQuery(trendQuery(filter, summary));
  if (data === undefined) return error === null ? <Loading /> : <Failure error={error} />;
  const trend = data.items[0];
  return trend === undefined || trend.points.length === 0 ? null : <EndpointTrend trend={trend} />;
}

interface HeadProps {
  readonly id: string;
  readonly summary: TrendSummary;
}

function Head({ id, summary }: HeadProps) {
  const { endpoint, service, repository, newest, thinned } = summary;
  const failed = failedWords(summary);
  const runs = thinned.runs.reduce((sum, count) => sum + count, 0);
  return (
    <header className="mb-3">
      <h2 id={id} className="font-mono text-base font-semibold wrap-anywhere">
        {plain(endpoint)}
      </h2>
      <p className="flex flex-wrap gap-x-2 text-xs text-muted">
        <span className="wrap-anywhere">{plain(service)}</span>
        {repository !== null && <span className="wrap-anywhere">{plain(repository)}</span>}
        <span>
          {counted(runs, "run")}, newest <Ago at={newest.at} />
          {failed === "" ? "" : ", "}
        </span>
        {failed !== "" && <span className="font-semibold text-critical">{plain(failed)}</span>}
      </p>
    </header>
  );
}
