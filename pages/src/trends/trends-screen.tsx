/** Probe results over time: how much of their budgets endpoints use, where that leads, and where it began. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { TrendNames } from "../../../core/wire/api/trend-overview.ts";
import { type TrendFilter, trendNamesQuery, trendOverviewQuery } from "../api/queries.ts";
import { Failure, Loading, Stale } from "../frame/failure.tsx";
import { counted } from "../words/numbers.ts";
import { endpointCount, trendsHeadline } from "../words/trend.ts";
import { EmptyTrends } from "./empty-trends.tsx";
import { EndpointCard } from "./endpoint-card.tsx";
import { type Choices, Filters } from "./filters.tsx";

/** The first ones, which are the worst, show all their runs at once; each asks for its own. */
const OPEN_AT_FIRST = 3;

const NO_NAMES: TrendNames = { repositories: [], services: [], branches: [], regions: [] };

export function TrendsScreen({ filter }: { readonly filter: TrendFilter }) {
  const query = useInfiniteQuery(trendOverviewQuery(filter));
  const names = useQuery(trendNamesQuery());
  const first = query.data?.pages[0];
  if (query.data === undefined || first === undefined)
    return query.error === null ? <Loading /> : <Failure error={query.error} />;
  const items = query.data.pages.flatMap((page) => page.items);
  const left = endpointCount(first.levels) - items.length;
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <title>Trends · Shadow Infra</title>
      <Stale error={query.error} />
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="text-xl font-semibold">Trends</h1>
        {items.length > 0 && <p className="text-muted">{trendsHeadline(first.levels)}</p>}
      </div>
      <Filters filter={filter} choices={choicesOf(names.data ?? NO_NAMES)} />
      {items.length === 0 && <EmptyTrends narrowed={isNarrowed} />}
      {items.map((item, index) => (
        <EndpointCard
          key={JSON.stringify([item.repository, item.service, item.endpoint])}
          summary={item}
          filter={filter}
          openAtFirst={index < OPEN_AT_FIRST}
        />
      ))}
      {query.hasNextPage && (
        <p className="mt-4">
          <button
            type="button"
            onClick={() => void query.fetchNextPage()}
            className="rounded border border-line-strong bg-surface px-3 py-1.5 font-medium hover:bg-sunken"
          >
            Show more: {counted(left, "endpoint")} left
          </button>
        </p>
      )}
    </>
  );
}

function choicesOf({ repositories, services, branches, regions }: TrendNames): Choices {
  return { repository: repositories, service: services, branch: branches, region: regions };
}
