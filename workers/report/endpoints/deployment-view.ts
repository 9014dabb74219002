/** Deployments as the API shows them: rows with their counts, read for a whole page at once. */
import { countVerdicts, verdictOfCounts } from "../../../core/report/counts.ts";
import { explanationOf } from "../../../core/report/standing.ts";
import { worst } from "../../../core/verdict/severity.ts";
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Mirroring } from "../../../core/wire/api/mirroring.ts";
import type { Database } from "../store/database.ts";
import type { DeploymentRow } from "../store/deployments.ts";
import { readCounting } from "../store/drifts.ts";
import { readEqualRoutes, readEqualTotals } from "../store/equal-pairs.ts";
import { readLatencies } from "../store/latencies.ts";
import { readTotals } from "../store/routes.ts";
import { readStandings } from "../store/standings.ts";
import { readGroups } from "../store/verdicts.ts";
import { slowRoutes } from "./route-latency.ts";
import { isoTime, isoTimeOrNull } from "./time.ts";

/** Six queries, however many rows. */
export async function viewDeployments(db: Database, rows: readonly DeploymentRow[]): Promise<Deployment[]> {
  const ids = rows.map(({ id }) => id);
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
    return {
      ...identityOf(row),
      lastPairAt: isoTimeOrNull(latest(total?.lastPairAt, equal?.lastAt)),
      counts,
      drifts: counting.length,
      verdict: verdictOfCounts(counts),
    };
  });
}

/** One, with its routes that became slower as well: lists leave them out, because they take reading thousands of rows. */
export async function viewDeployment(db: Database, row: DeploymentRow): Promise<Deployment> {
  const [[view], equal, latencies] = await Promise.all([
    viewDeployments(db, [row]),
    readEqualRoutes(db, row.id),
    readLatencies(db, row.id),
  ]);
  if (view === undefined) throw new Error("one row gave no view");
  const slow = [...slowRoutes(equal, latencies).values()];
  const verdict = view.verdict === null ? null : worst([view.verdict, ...slow.map(({ severity }) => severity)]);
  return { ...view, drifts: view.drifts + slow.length, verdict };
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

/** Everything but counts. */
function identityOf(row: DeploymentRow) {
  return {
    id: row.id,
    repository: { id: row.repoId, fullName: row.repoFullName },
    pull: { number: row.prNumber, title: row.prTitle, url: row.prUrl, branch: row.branch },
    headSha: row.headSha,
    hosts: row.hosts,
    shadowOrigin: row.shadowOrigin,
    rate: row.rate,
    mirroring: mirroringOf(row),
    state: row.state,
    stateReason: row.stateReason,
    createdAt: isoTime(row.createdAt),
    closedAt: isoTimeOrNull(row.closedAt),
  };
}
