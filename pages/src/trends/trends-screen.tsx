/** Probe results over time: how much of their budgets endpoints use, where that leads, and where it began. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Trend, Trends } from "../../../core/wire/api/trends.ts";
import { type TrendFilter, trendChoicesQuery, trendsQuery } from "../api/queries.ts";
import { Failure, Loading, Stale } from "../frame/failure.tsx";
import { counted } from "../words/numbers.ts";
import { trendsHeadline } from "../words/trend.ts";
import { worstFirst } from "../words/trend-order.ts";
import { EmptyTrends } from "./empty-trends.tsx";
import { EndpointTrend } from "./endpoint-trend.tsx";
import { type Choices, Filters } from "./filters.tsx";

export function TrendsScreen({ filter }: { readonly filter: TrendFilter }) {
  const query = useQuery(trendsQuery(filter));
  const all = useQuery(trendChoicesQuery());
  if (query.data === undefined) return query.error === null ? <Loading /> : <Failure error={query.error} />;
  const shown = worstFirst(query.data.items.filter(({ points }) => points.length > 0));
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <title>Trends · Shadow Infra</title>
      <Stale error={query.error} />
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="text-xl font-semibold">Trends</h1>
        {shown.length > 0 && <p className="text-muted">{trendsHeadline(shown)}</p>}
      </div>
      <Filters filter={filter} choices={choicesOf(all.data ?? query.data)} />
      {shown.length === 0 && <EmptyTrends narrowed={isNarrowed} />}
      <Endpoints trends={shown} />
    </>
  );
}

/** Endpoints that are drawn at once: 100 of them with all their runs take a small machine seconds. */
const PAGE = 20;

function Endpoints({ trends }: { readonly trends: readonly Trend[] }) {
  const [most, setMost] = useState(PAGE);
  return (
    <>
      {trends.slice(0, most).map((trend) => (
        <EndpointTrend key={JSON.stringify([trend.repository, trend.service, trend.endpoint])} trend={trend} />
      ))}
      {trends.length > most && (
        <p className="mt-4">
          <button
            type="button"
            onClick={() => setMost(most + PAGE)}
            className="rounded border border-line-strong bg-surface px-3 py-1.5 font-medium hover:bg-sunken"
          >
            Show more: {counted(trends.length - most, "endpoint")} left
          </button>
        </p>
      )}
    </>
  );
}

function choicesOf({ items, branches, regions }: Trends): Choices {
  const named = (values: readonly (string | null)[]) =>
    [...new Set(values.filter((value) => value !== null))].toSorted((one, other) => one.localeCompare(other));
  return {
    repository: named(items.map(({ repository }) => repository)),
    service: named(items.map(({ service }) => service)),
    branch: branches,
    region: regions,
  };
}
