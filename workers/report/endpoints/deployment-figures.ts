/**
 * What is counted of deployments: pairs by verdict, drifts, the verdict of it all. Worked out of their rows where something changed since it was
 * last, and else as it was kept. Apart from the view, which says what is written in a deployment's own row and is never kept.
 */
import { countVerdicts, verdictOfCounts } from "../../../core/report/counts.ts";
import { driftStanding, slowRouteRow } from "../../../core/report/drifts.ts";
import { explanationOf } from "../../../core/report/standing.ts";
import { type Verdict, worst } from "../../../core/verdict/severity.ts";
import { type Deployment, DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { keepAnswers, readAnswers } from "../store/answers.ts";
import type { Database } from "../store/database.ts";
import type { DeploymentRow } from "../store/deployments.ts";
import { readCounting } from "../store/drifts.ts";
import { readEqualTotals } from "../store/equal-pairs.ts";
import { readSlowRoutes } from "../store/latency-checks.ts";
import { readTotals } from "../store/routes.ts";
import { readStandings } from "../store/standings.ts";
import { readGroups } from "../store/verdicts.ts";
import { readStored } from "./stored.ts";
import { isoTimeOrNull } from "./time.ts";

export type Figures = Pick<Deployment, "lastPairAt" | "counts" | "drifts" | "verdict">;

const FiguresSchema = DeploymentSchema.pick({ lastPairAt: true, counts: true, drifts: true, verdict: true });

/** Of a deployment that has nothing. */
export const NO_FIGURES: Figures = {
  lastPairAt: null,
  counts: { pairs: 0, safe: 0, undecided: 0, warning: 0, critical: 0, shadowFailed: 0 },
  drifts: 0,
  verdict: null,
};

type Row = Pick<DeploymentRow, "id" | "repoId">;

/** By deployment. One query while nothing changed; a dozen otherwise, however many rows. */
export async function readFigures(db: Database, rows: readonly Row[]): Promise<ReadonlyMap<string, Figures>> {
  const answers = await readAnswers(
    db,
    "figures",
    rows.map(({ id }) => id),
  );
  const known = answers.flatMap(({ deploymentId, body }) => {
    const figures = body === null ? null : readStored(body, FiguresSchema.nullable(), null);
    return figures === null ? [] : [[deploymentId, figures] as const];
  });
  const figures = new Map<string, Figures>(known);
  const missing = rows.filter(({ id }) => !figures.has(id));
  if (missing.length === 0) return figures;
  const { fresh, behind } = await workOut(db, missing);
  const kept = answers.flatMap((answer) => {
    const own = behind.has(answer.deploymentId) ? undefined : fresh.get(answer.deploymentId);
    return own === undefined ? [] : [{ ...answer, body: JSON.stringify(own) }];
  });
  await keepAnswers(db, "figures", kept);
  return new Map([...figures, ...fresh]);
}

async function workOut(db: Database, rows: readonly Row[]) {
  const ids = rows.map(({ id }) => id);
  // First, because decisions on routes that became slower are joined to what it finds.
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
  const fresh = rows.map(({ id, repoId }): readonly [string, Figures] => {
    const [total, equal, decisions] = [totalsOf.get(id), equalsOf.get(id), standings(id, repoId)];
    const apart = { shadowFailed: total?.shadowFailed ?? 0, equalWithoutRow: equal?.pairs ?? 0 };
    const counts = countVerdicts(groupsOf.get(id) ?? [], decisions, apart);
    const counting = (driftsOf.get(id) ?? []).filter(({ signature }) => explanationOf(signature, decisions) === null);
    const slower = Array.from(
      slow.found.get(id)?.values() ?? [],
      (finding) => driftStanding(slowRouteRow(finding, counts.pairs), decisions).verdict,
    );
    const figures = {
      lastPairAt: isoTimeOrNull(latest(total?.lastPairAt, equal?.lastAt)),
      counts,
      drifts: counting.length + slower.length,
      verdict: withSlower(verdictOfCounts(counts), slower),
    };
    return [id, figures];
  });
  return { fresh: new Map(fresh), behind: slow.behind };
}

/** No route is slower where nothing was compared. */
function withSlower(verdict: Verdict | null, slower: readonly Verdict[]): Verdict | null {
  return verdict === null ? null : worst([verdict, ...slower]);
}

function latest(...moments: readonly (number | undefined)[]): number | null {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}
