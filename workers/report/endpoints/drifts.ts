/** The drifts of a deployment: rows with decisions applied, and routes that became slower, each with when it shows. */
import { z } from "zod";
import { DIFFERENCE_KINDS } from "../../../core/compare/difference.ts";
import { shapeHint } from "../../../core/noise/shape-hint.ts";
import { causeOf } from "../../../core/report/causes.ts";
import { compareDrifts, driftStanding, slowRouteRow } from "../../../core/report/drifts.ts";
import type { LatencyFinding } from "../../../core/report/latency-shift.ts";
import type { Decisions } from "../../../core/report/standing.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { DifferenceSchema } from "../../../core/wire/api/verdict.ts";
import { done, kept, refuse } from "../http/reply.ts";
import { keepAnswers, readAnswer } from "../store/answers.ts";
import type { Database } from "../store/database.ts";
import { type DeploymentRow, findDeployment } from "../store/deployments.ts";
import { type DriftRow, readDrifts } from "../store/drifts.ts";
import { readEqualCounts } from "../store/equal-pairs.ts";
import { readSlowRoutes } from "../store/latency-checks.ts";
import { readRouteActivity } from "../store/routes.ts";
import { readStandings } from "../store/standings.ts";
import { readGroups } from "../store/verdicts.ts";
import type { Handler } from "./handler.ts";
import { withOccasions } from "./occasions.ts";
import { readStored } from "./stored.ts";
import { isoTime } from "./time.ts";

const KindSchema = z.enum(DIFFERENCE_KINDS).nullable().catch(null);
const ExamplesSchema = z.array(z.string());

/** Until the occasions are known. */
const UNKNOWN = { condition: null, noCondition: null, curl: null } as const;

/** One query while nothing changed since it was last asked. */
export const listDrifts: Handler<"listDrifts"> = async ({ params }, { db, env }) => {
  const answer = await readAnswer(db, "drifts", params.id);
  if (answer === null) return refuse("deployment-not-found");
  if (answer.body !== null) return kept(answer.body);
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const { list, isWhole } = await driftsOf({ db, bucket: env.BODIES, deployment });
  if (isWhole) await keepAnswers(db, "drifts", [{ ...answer, body: JSON.stringify(list) }]);
  return done(list);
};

interface Sources {
  readonly db: Database;
  readonly bucket: R2Bucket;
  readonly deployment: Pick<DeploymentRow, "id" | "repoId" | "createdAt">;
}

/** `isWhole`: all of it is known, and the database alone said it. */
async function driftsOf({ db, bucket, deployment }: Sources) {
  const { id } = deployment;
  // First, because decisions on routes that became slower are joined to what it finds.
  const slowRoutes = await readSlowRoutes(db, [id]);
  const [rows, routes, equals, all, groups] = await Promise.all([
    readDrifts(db, id),
    readRouteActivity(db, id),
    readEqualCounts(db, [id]),
    readStandings(db, [id]),
    readGroups(db, [id]),
  ]);
  const decisions = all(id, deployment.repoId);
  const pairs = new Map<string, number>();
  for (const { route, pairs: own } of [...routes, ...equals]) pairs.set(route, (pairs.get(route) ?? 0) + own);
  const pairsOf = (route: string) => pairs.get(route) ?? 0;
  const drifts = rows.map((row) => view(row, decisions, pairsOf(row.route))).toSorted(compareDrifts);
  const [noise, counting] = [true, false].map((wanted) => drifts.filter((drift) => (drift.noise !== null) === wanted));
  const explained = await withOccasions({ db, bucket, deploymentId: id, drifts: counting ?? [], groups });
  const seenAt = new Map(routes.map(({ route, lastPairAt }) => [route, lastPairAt]));
  const slow = Array.from(slowRoutes.found.get(id) ?? new Map<string, LatencyFinding>(), ([route, finding]) =>
    slowDrift(finding, { route, pairs: pairsOf(route), at: seenAt.get(route) ?? deployment.createdAt, decisions }),
  );
  const hint = shapeHint(counting ?? [], pairs);
  const list = {
    shapeHint: hint?.words ?? null,
    items: [...explained.drifts, ...slow, ...(noise ?? [])].toSorted(compareDrifts),
  };
  return { list, isWhole: explained.isStoredAlone && !slowRoutes.behind.has(id) };
}

function view(row: DriftRow, decisions: Decisions, routePairs: number): Drift {
  const sample = row.sample === null ? null : readStored(row.sample, DifferenceSchema, null);
  const kind = KindSchema.parse(row.kind);
  return {
    signature: row.signature,
    rule: row.rule,
    severity: row.severity,
    ...driftStanding(row, decisions),
    route: row.route,
    pattern: row.pattern,
    kind,
    routePairs,
    firstSeen: isoTime(row.firstSeen),
    lastSeen: isoTime(row.lastSeen),
    sample,
    examples: readStored(row.examples, ExamplesSchema, []),
    cause: causeOf({ rule: row.rule, pattern: row.pattern, kind, sample }),
    ...UNKNOWN,
  };
}

interface SlowRoute {
  readonly route: string;
  readonly pairs: number;
  /** Unix milliseconds of its latest pair. */
  readonly at: number;
  readonly decisions: Decisions;
}

/** A drift of the whole route, worked out on reading: no row says it, all of them together do. */
function slowDrift(finding: LatencyFinding, { route, pairs, at, decisions }: SlowRoute): Drift {
  const { rule, severity, signature } = finding;
  return {
    signature,
    rule,
    severity,
    ...driftStanding(slowRouteRow(finding, pairs), decisions),
    route,
    pattern: "latency",
    kind: null,
    routePairs: pairs,
    firstSeen: isoTime(at),
    lastSeen: isoTime(at),
    sample: null,
    examples: [],
    // Each route has its own reasons to be slow.
    cause: signature,
    ...UNKNOWN,
  };
}
