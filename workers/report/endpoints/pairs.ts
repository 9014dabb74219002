/** Pairs: the list of a deployment, and one with both answers. */
import { z } from "zod";
import { FAILURE_REASONS } from "../../../core/pair/pair.ts";
import { pairVerdict } from "../../../core/report/pair.ts";
import { selectGroups } from "../../../core/report/selection.ts";
import type { Decisions } from "../../../core/report/standing.ts";
import type { PairSummary } from "../../../core/wire/api/pairs.ts";
import { FindingDetailSchema } from "../../../core/wire/api/verdict.ts";
import { decodeCursor, pageOf } from "../http/cursor.ts";
import { done, refuse } from "../http/reply.ts";
import { ofRepository, readDecisions } from "../store/decisions.ts";
import { findDeployment } from "../store/deployments.ts";
import { readExchange } from "../store/exchange.ts";
import { findPair, type PairLine, readPairs } from "../store/pairs.ts";
import { readGroups } from "../store/verdicts.ts";
import type { Handler } from "./handler.ts";
import { readStored } from "./stored.ts";
import { isoTime } from "./time.ts";

const FailureSchema = z.enum(FAILURE_REASONS).nullable().catch(null);
const FindingsSchema = z.array(FindingDetailSchema);

export const listPairs: Handler<"listPairs"> = async ({ params, query }, { db }) => {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, z.string());
  if (after === null) return refuse("invalid-cursor");
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const filtered = query.verdict !== undefined || query.signature !== undefined;
  const [all, groups] = await Promise.all([
    readDecisions(db, [params.id]),
    filtered ? readGroups(db, [params.id]) : undefined,
  ]);
  const decisions = ofRepository(all, deployment.repoId);
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
    readDecisions(db, [row.deploymentId]),
    row.bodyKey === null ? null : readExchange(env.BODIES, row.bodyKey),
  ]);
  const decisions = ofRepository(all, row.repoId ?? -1);
  return done({
    ...summaryOf(row, decisions),
    modelVersion: pairVerdict(row, decisions).modelVersion,
    findings: readStored(row.findings, FindingsSchema, []),
    exchange,
  });
};

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
    verdict,
    decidedBy,
    reasoning,
  };
}
