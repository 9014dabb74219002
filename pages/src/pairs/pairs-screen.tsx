/** Pairs of one deployment, narrowed by verdict, route or drift. Also the way to the Safe ones. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { deploymentQuery, type PairFilter, pairsQuery } from "../api/queries.ts";
import { Crumbs } from "../frame/crumbs.tsx";
import { Failure, Loading, Stale } from "../frame/failure.tsx";
import { More } from "../pieces/more.tsx";
import { WORST_FIRST } from "../words/headline.ts";
import { counted } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import { PairRow } from "./pair-row.tsx";

export interface PairsScreenProps {
  readonly id: string;
  readonly filter: PairFilter;
}

export function PairsScreen({ id, filter }: PairsScreenProps) {
  const deployment = useQuery(deploymentQuery(id));
  const query = useInfiniteQuery(pairsQuery(id, filter));
  if (query.data === undefined) return query.error === null ? <Loading /> : <Failure error={query.error} />;
  const items = query.data.pages.flatMap((page) => page.items);
  const pull = deployment.data?.pull;
  return (
    <>
      <title>Pairs · Shadow Infra</title>
      <Stale error={query.error} />
      <Crumbs deployment={{ id, name: pull === undefined ? "Report" : `#${pull.number}` }} here="Pairs" />
      <h1 className="text-xl font-semibold">Pairs</h1>
      <Filters id={id} filter={filter} />
      <p role="status" className="mb-2 text-xs text-muted">
        {counted(items.length, "pair")}
        {query.hasNextPage && " so far"}, newest first
      </p>
      {items.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {items.map((item) => (
            <PairRow key={item.id} pair={item} />
          ))}
        </ul>
      )}
      <More query={query} />
    </>
  );
}

function Filters({ id, filter }: PairsScreenProps) {
  const { verdict, ...others } = filter;
  const narrowed = Object.values(others).filter((value) => value !== undefined);
  return (
    <nav aria-label="Narrow the list" className="my-3 flex flex-wrap items-center gap-2 text-xs">
      {[undefined, ...WORST_FIRST].map((choice) => (
        <Link
          key={choice ?? "All"}
          to="/deployments/$id/pairs"
          params={{ id }}
          search={{ ...filter, verdict: choice }}
          activeOptions={{ exact: true, includeSearch: true }}
          className="rounded-full border px-2.5 py-1 text-ink"
          activeProps={{ className: "border-ink bg-surface font-semibold" }}
          inactiveProps={{ className: "border-line-strong" }}
        >
          {choice ?? "All"}
        </Link>
      ))}
      {narrowed.length > 0 && (
        <span className="flex flex-wrap items-baseline gap-2 text-muted">
          only <code className="font-mono wrap-anywhere">{narrowed.map(plain).join(", ")}</code>
          <Link to="/deployments/$id/pairs" params={{ id }} search={{ verdict }} className="underline">
            show all
          </Link>
        </span>
      )}
    </nav>
  );
}
