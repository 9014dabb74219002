/** Probe results over time: how much of their budgets endpoints use, where that leads, and where it began. */
import { useQuery } from "@tanstack/react-query";
import type { Trends } from "../../../core/wire/api/trends.ts";
import { type TrendFilter, trendChoicesQuery, trendsQuery } from "../api/queries.ts";
import { Failure, Loading, Stale } from "../frame/failure.tsx";
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
      {shown.map((trend) => (
        <EndpointTrend key={JSON.stringify([trend.repository, trend.service, trend.endpoint])} trend={trend} />
      ))}
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
