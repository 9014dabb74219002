/** Pairs: the list of a deployment, and one with both answers. */
import { z } from "zod";
import { FAILURE_REASONS } from "../../../core/pair/pair.ts";
import { pairVerdict } from "../../../core/report/pair.ts";
import { selectGroups } from "../../../core/report/selection.ts";
import { type Decisions, explanationOf } from "../../../core/report/standing.ts";
import type { PairSummary } from "../../../core/wire/api/pairs.ts";
import { FindingDetailSchema } from "../../../core/wire/api/verdict.ts";
import { decodeCursor, pageOf } from "../http/cursor.ts";
import { done, refuse } from "../http/reply.ts";
import { findDeployment } from "../store/deployments.ts";
import { readExchange } from "../store/exchange.ts";
import { findPair, type PairLine, readPairs } from "../store/pairs.ts";
import { readStandings } from "../store/standings.ts";
import { readGroups } from "../store/verdicts.ts";
import type { Handler } from "./handler.ts";
import { readStored } from "./stored.ts";
import { isoTime } from "./time.ts";

const FailureSchema = z.enum(FAILURE_REASONS).nullable().catch(null);
const FindingsSchema = z.array(FindingDetailSchema);
type FindingDetail = z.infer<typeof FindingDetailSchema>;

export const listPairs: Handler<"listPairs"> = async ({ params, query }, { db }) => {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, z.string());
  if (after === null) return refuse("invalid-cursor");
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const filtered = query.verdict !== undefined || query.signature !== undefined;
  const [all, groups] = await Promise.all([
    readStandings(db, [params.id]),
    filtered ? readGroups(db, [params.id]) : undefined,
  ]);
  const decisions = all(params.id, deployment.repoId);
  const rows = await readPairs(db, {
    deploymentId: params.id,
    route: query.route,
    groups: groups && selectGroups(groups, query, decisions),
    after,
    limit: query.limit,
  });
  const { items, nextCursor } = pageOf(rows, query.limit, (row) => row.id);
  return done({ items: items.map((row) => summaryOf(row, decisions)), nextCursor });
};

export const getPair: Handler<"getPair"> = async ({ params }, { db, env }) => {
  const row = await findPair(db, params.id);
  if (row === null) return refuse("pair-not-found");
  const [all, exchange] = await Promise.all([
    readStandings(db, [row.deploymentId]),
    row.bodyKey === null ? null : readExchange(env.BODIES, row.bodyKey),
  ]);
  const decisions = all(row.deploymentId, row.repoId ?? -1);
  return done({
    ...summaryOf(row, decisions),
    modelVersion: pairVerdict(row, decisions).modelVersion,
    findings: readStored(row.findings, FindingsSchema, []).map((finding) => inHindsight(finding, decisions)),
    exchange,
  });
};

/** A finding that counted when its pair was judged, and is noise by what is known now. */
function inHindsight(finding: FindingDetail, decisions: Decisions): FindingDetail {
  const reason = finding.noise === null ? explanationOf(finding.signature, decisions) : null;
  return reason === null ? finding : { ...finding, noise: { reason } };
}

function summaryOf(row: PairLine, decisions: Decisions): PairSummary {
  const { verdict, decidedBy, reasoning } = pairVerdict(row, decisions);
  return {
    id: row.id,
    deploymentId: row.deploymentId,
    route: row.route,
    method: row.method,
    path: row.path,
    capturedAt: isoTime(row.capturedAt),
    prodStatus: row.prodStatus,
    shadowStatus: row.shadowStatus,
    shadowFailed: FailureSchema.parse(row.shadowFailed),
    prodLatencyMs: row.prodLatencyMs,
    shadowLatencyMs: row.shadowLatencyMs,
    equal: row.equal,
    verdict,
    decidedBy,
    reasoning,
  };
}
