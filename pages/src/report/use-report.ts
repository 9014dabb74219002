/** Everything the drift report shows, read together and renewed while requests can still arrive. */
import { useQuery } from "@tanstack/react-query";
import { deploymentQuery, driftsQuery, ledgerQuery, routesQuery } from "../api/queries.ts";

/** The report's data; each part is undefined until it arrived. `error` is the first there is. */
export function useReport(id: string) {
  const deployment = useQuery(deploymentQuery(id));
  const live = deployment.data?.state !== "closed";
  const drifts = useQuery(driftsQuery(id, live));
  const routes = useQuery(routesQuery(id, live));
  const ledger = useQuery(ledgerQuery(id, live));
  return {
    deployment: deployment.data,
    drifts: drifts.data?.items,
    shapeHint: drifts.data?.shapeHint ?? null,
    routes: routes.data?.items,
    ledger: ledger.data,
    error: deployment.error ?? drifts.error ?? routes.error ?? ledger.error,
    live,
  };
}
