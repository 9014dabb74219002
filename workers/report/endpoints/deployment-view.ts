/** Deployments as the API shows them: rows with their counts, read for a whole page at once. */
import { countVerdicts, verdictOfCounts } from "../../../core/report/counts.ts";
import { driftStanding, slowRouteRow } from "../../../core/report/drifts.ts";
import { explanationOf } from "../../../core/report/standing.ts";
import { type Verdict, worst } from "../../../core/verdict/severity.ts";
import type { Deployment, DeploymentWritten } from "../../../core/wire/api/deployments.ts";
import type { Mirroring } from "../../../core/wire/api/mirroring.ts";
import type { Database } from "../store/database.ts";
import type { DeploymentRow } from "../store/deployments.ts";
import { readCounting } from "../store/drifts.ts";
import { readEqualTotals } from "../store/equal-pairs.ts";
import { readSlowRoutes } from "../store/latency-checks.ts";
import { readTotals } from "../store/routes.ts";
import { readStandings } from "../store/standings.ts";
import { readGroups } from "../store/verdicts.ts";
import { isoTime, isoTimeOrNull } from "./time.ts";

/** Eight queries, however many rows; two more where pairs came since the last read. */
export async function viewDeployments(db: Database, rows: readonly DeploymentRow[]): Promise<Deployment[]> {
  const ids = rows.map(({ id }) => id);
  const slow = await readSlowRoutes(db, ids);
  const [groups, totals, equals, drifts, standings] = await Promise.all([
    readGroups(db, ids),
    readTotals(db, ids),
    readEqualTotals(db, ids),
    readCounting(db, ids),
    readStandings(db, ids),
  ]);
  const groupsOf = Map.groupBy(groups, (group) => group.deploymentId);
  const driftsOf = Map.groupBy(drifts, (drift) => drift.deploymentId);
  const totalsOf = new Map(totals.map((total) => [total.deploymentId, total]));
  const equalsOf = new Map(equals.map((total) => [total.deploymentId, total]));
  return rows.map((row) => {
    const total = totalsOf.get(row.id);
    const decisions = standings(row.id, row.repoId);
    const equal = equalsOf.get(row.id);
    const apart = { shadowFailed: total?.shadowFailed ?? 0, equalWithoutRow: equal?.pairs ?? 0 };
    const counts = countVerdicts(groupsOf.get(row.id) ?? [], decisions, apart);
    const counting = (driftsOf.get(row.id) ?? []).filter(
      ({ signature }) => explanationOf(signature, decisions) === null,
    );
    const slower = Array.from(
      slow.get(row.id)?.values() ?? [],
      (finding) => driftStanding(slowRouteRow(finding, counts.pairs), decisions).verdict,
    );
    return {
      ...viewWritten(row),
      lastPairAt: isoTimeOrNull(latest(total?.lastPairAt, equal?.lastAt)),
      counts,
      drifts: counting.length + slower.length,
      verdict: withSlower(verdictOfCounts(counts), slower),
    };
  });
}

export async function viewDeployment(db: Database, row: DeploymentRow): Promise<Deployment> {
  const [view] = await viewDeployments(db, [row]);
  if (view === undefined) throw new Error("one row gave no view");
  return view;
}

/** No route is slower where nothing was compared. */
function withSlower(verdict: Verdict | null, slower: readonly Verdict[]): Verdict | null {
  return verdict === null ? null : worst([verdict, ...slower]);
}

function latest(...moments: readonly (number | undefined)[]): number | null {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}

/** What mirroring costs and keeps. Of test credentials only the names: their values stay in the database. */
function mirroringOf({ methods, controlShare, credentials, mirrorSettings }: DeploymentRow): Mirroring {
  const { maxRps, sticky, include, exclude, routes, redact, stamped, base } = mirrorSettings;
  return {
    maxRps,
    methods,
    controlShare,
    sticky: sticky === null ? null : `${sticky.in}:${sticky.name}`,
    include: [...include],
    exclude: [...exclude],
    routes: [...routes],
    redact: { ...redact, names: [...redact.names], patterns: [...redact.patterns] },
    credentials: Object.keys(credentials),
    stamped,
    base,
  };
}

/** Everything but counts: no query. */
export function viewWritten(row: DeploymentRow): DeploymentWritten {
  return {
    id: row.id,
    repository: { id: row.repoId, fullName: row.repoFullName },
    pull: { number: row.prNumber, title: row.prTitle, url: row.prUrl, branch: row.branch },
    headSha: row.headSha,
    hosts: row.hosts,
    shadowOrigin: row.shadowOrigin === "" ? null : row.shadowOrigin,
    stack: row.stack,
    rate: row.rate,
    mirroring: mirroringOf(row),
    state: row.state,
    stateReason: row.stateReason,
    createdAt: isoTime(row.createdAt),
    closedAt: isoTimeOrNull(row.closedAt),
  };
}
