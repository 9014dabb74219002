/** The list of deployments, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { deploymentsQuery } from "../api/queries.ts";
import { Failure, Loading, Stale } from "../frame/failure.tsx";
import { More } from "../pieces/more.tsx";
import { counted } from "../words/numbers.ts";
import { DeploymentRow } from "./deployment-row.tsx";
import { EmptyList } from "./empty-list.tsx";

export function DeploymentsScreen() {
  const query = useInfiniteQuery(deploymentsQuery());
  if (query.data === undefined) return query.error === null ? <Loading /> : <Failure error={query.error} />;
  const items = query.data.pages.flatMap((page) => page.items);
  return (
    <>
      <title>Deployments · Shadow Infra</title>
      <Stale error={query.error} />
      <div className="mb-3 flex items-baseline gap-3">
        <h1 className="text-xl font-semibold">Shadow deployments</h1>
        {items.length > 0 && (
          <span className="text-muted">
            {counted(items.length, "deployment")}
            {query.hasNextPage && " so far"}
          </span>
        )}
      </div>
      {items.length === 0 ? (
        <EmptyList />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {items.map((item) => (
            <DeploymentRow key={item.id} deployment={item} />
          ))}
        </ul>
      )}
      <More query={query} />
    </>
  );
}
