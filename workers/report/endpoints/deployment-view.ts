/** Deployments as the API shows them: rows with their counts, read for a whole page at once. */
import type { Deployment, DeploymentWritten } from "../../../core/wire/api/deployments.ts";
import type { Mirroring } from "../../../core/wire/api/mirroring.ts";
import type { Database } from "../store/database.ts";
import type { DeploymentRow } from "../store/deployments.ts";
import { NO_FIGURES, readFigures } from "./deployment-figures.ts";
import { isoTime, isoTimeOrNull } from "./time.ts";

export async function viewDeployments(db: Database, rows: readonly DeploymentRow[]): Promise<Deployment[]> {
  const figures = await readFigures(db, rows);
  return rows.map((row) => ({ ...viewWritten(row), ...(figures.get(row.id) ?? NO_FIGURES) }));
}

export async function viewDeployment(db: Database, row: DeploymentRow): Promise<Deployment> {
  const [view] = await viewDeployments(db, [row]);
  if (view === undefined) throw new Error("one row gave no view");
  return view;
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
