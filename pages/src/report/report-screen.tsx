/** The drift report of one deployment: verdict first, then how sure it is, then what changed, then what was noise. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import { Failure, Loading, Stale } from "../frame/failure.tsx";
import { Drifts } from "./drifts.tsx";
import { Head } from "./head.tsx";
import { LedgerTable } from "./ledger-table.tsx";
import { Merges } from "./merges.tsx";
import { Noise } from "./noise.tsx";
import { RoutesTable } from "./routes-table.tsx";
import { StackSection } from "./stack.tsx";
import { SwitchedOff } from "./switched-off.tsx";
import { Trust } from "./trust.tsx";
import { useReport } from "./use-report.ts";

export function ReportScreen({ id }: { readonly id: string }) {
  const { deployment, drifts, shapeHint, routes, ledger, error, live } = useReport(id);
  if (deployment === undefined) return error === null ? <Loading /> : <Failure error={error} />;
  const counting = drifts?.filter((drift) => drift.noise === null);
  const noise = drifts?.filter((drift) => drift.noise !== null);
  return (
    <>
      <Stale error={error} />
      <Head deployment={deployment} drifts={counting} live={live} />
      <SwitchedOff ledger={ledger} />
      {isTelling(deployment) && <StackSection deployment={deployment} />}
      {ledger !== undefined && <LedgerTable ledger={ledger} />}
      {counting !== undefined && <Drifts deployment={deployment} drifts={counting} hint={shapeHint} />}
      {noise !== undefined && <Noise drifts={noise} />}
      {routes !== undefined && <RoutesTable deploymentId={deployment.id} routes={routes} />}
      <Merges repoId={deployment.repository.id} />
      {!isTelling(deployment) && <StackSection deployment={deployment} />}
      <Trust deployment={deployment} ledger={ledger} />
    </>
  );
}

/** Before anything is mirrored, and where nothing runs any more, the stack is what there is to say; later what changed is. */
function isTelling({ state, counts }: Deployment): boolean {
  return state === "failed" || state === "teardown_failed" || counts.pairs === 0;
}
