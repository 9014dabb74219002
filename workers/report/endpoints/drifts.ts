/** The drifts of a deployment. */
import { z } from "zod";
import { DIFFERENCE_KINDS } from "../../../core/compare/difference.ts";
import { compareDrifts, driftStanding } from "../../../core/report/drifts.ts";
import type { Decisions } from "../../../core/report/standing.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { DifferenceSchema } from "../../../core/wire/api/verdict.ts";
import { done, refuse } from "../http/reply.ts";
import { findDeployment } from "../store/deployments.ts";
import { type DriftRow, readDrifts } from "../store/drifts.ts";
import { readEqualCounts } from "../store/equal-pairs.ts";
import { readRoutes } from "../store/routes.ts";
import { readStandings } from "../store/standings.ts";
import type { Handler } from "./handler.ts";
import { readStored } from "./stored.ts";
import { isoTime } from "./time.ts";

const KindSchema = z.enum(DIFFERENCE_KINDS).nullable().catch(null);
const ExamplesSchema = z.array(z.string());

export const listDrifts: Handler<"listDrifts"> = async ({ params }, { db }) => {
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const ids = [params.id];
  const [rows, routes, equals, all] = await Promise.all([
    readDrifts(db, params.id),
    readRoutes(db, params.id),
    readEqualCounts(db, ids),
    readStandings(db, ids),
  ]);
  const decisions = all(params.id, deployment.repoId);
  const pairsOf = new Map<string, number>();
  for (const { route, pairs } of [...routes, ...equals]) pairsOf.set(route, (pairsOf.get(route) ?? 0) + pairs);
  return done({ items: rows.map((row) => view(row, decisions, pairsOf.get(row.route) ?? 0)).toSorted(compareDrifts) });
};

function view(row: DriftRow, decisions: Decisions, routePairs: number): Drift {
  return {
    signature: row.signature,
    rule: row.rule,
    severity: row.severity,
    ...driftStanding(row, decisions),
    route: row.route,
    pattern: row.pattern,
    kind: KindSchema.parse(row.kind),
    routePairs,
    firstSeen: isoTime(row.firstSeen),
    lastSeen: isoTime(row.lastSeen),
    sample: row.sample === null ? null : readStored(row.sample, DifferenceSchema, null),
    examples: readStored(row.examples, ExamplesSchema, []),
  };
}
