/** Deployments as the API shows them: rows with their counts, read for a whole page at once. */
import { countVerdicts, verdictOfCounts } from "../../../core/report/counts.ts";
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Database } from "../store/database.ts";
import { ofRepository, readDecisions } from "../store/decisions.ts";
import type { DeploymentRow } from "../store/deployments.ts";
import { countDrifts } from "../store/drifts.ts";
import { readTotals } from "../store/routes.ts";
import { readGroups } from "../store/verdicts.ts";
import { isoTime, isoTimeOrNull } from "./time.ts";

/** Four queries, however many rows. */
export async function viewDeployments(db: Database, rows: readonly DeploymentRow[]): Promise<Deployment[]> {
  const ids = rows.map(({ id }) => id);
  const [groups, totals, drifts, decisions] = await Promise.all([
    readGroups(db, ids),
    readTotals(db, ids),
    countDrifts(db, ids),
    readDecisions(db, ids),
  ]);
  const groupsOf = Map.groupBy(groups, (group) => group.deploymentId);
  const driftsOf = Map.groupBy(drifts, (count) => count.deploymentId);
  const totalsOf = new Map(totals.map((total) => [total.deploymentId, total]));
  return rows.map((row) => {
    const total = totalsOf.get(row.id);
    const counts = countVerdicts(
      groupsOf.get(row.id) ?? [],
      ofRepository(decisions, row.repoId),
      total?.shadowFailed ?? 0,
    );
    return {
      ...identityOf(row),
      lastPairAt: isoTimeOrNull(total?.lastPairAt ?? null),
      counts,
      drifts: (driftsOf.get(row.id) ?? []).reduce((sum, { drifts: own }) => sum + own, 0),
      verdict: verdictOfCounts(counts),
    };
  });
}

export async function viewDeployment(db: Database, row: DeploymentRow): Promise<Deployment> {
  const [view] = await viewDeployments(db, [row]);
  if (view === undefined) throw new Error("one row gave no view");
  return view;
}

/** Everything but counts. Test credentials stay in the database. */
function identityOf(row: DeploymentRow) {
  return {
    id: row.id,
    repository: { id: row.repoId, fullName: row.repoFullName },
    pull: { number: row.prNumber, title: row.prTitle, url: row.prUrl, branch: row.branch },
    headSha: row.headSha,
    hosts: row.hosts,
    shadowOrigin: row.shadowOrigin,
    rate: row.rate,
    state: row.state,
    stateReason: row.stateReason,
    createdAt: isoTime(row.createdAt),
    closedAt: isoTimeOrNull(row.closedAt),
  };
}
