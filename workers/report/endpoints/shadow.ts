/** Shadow mode as probes of shadow services read it: sums over routes, and pairs as events. */
import { z } from "zod";
import { addBuckets } from "../../../core/report/latency.ts";
import { NO_LATENCIES } from "../../../core/report/route-latencies.ts";
import { fittingItems } from "../../../core/report/shadow-page.ts";
import { driftOf, figuresOf, mergeCorridors, rankCorridors } from "../../../core/report/shadow-stats.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { done, refuse } from "../http/reply.ts";
import type { Database } from "../store/database.ts";
import { findDeployment } from "../store/deployments.ts";
import { readEvents } from "../store/shadow-events.ts";
import { readLastModel, readOpenIds, readShadowSums } from "../store/shadow-stats.ts";
import { VERSION } from "../version.ts";
import type { Handler } from "./handler.ts";
import { eventOf } from "./shadow-event.ts";

/** What judges where no model was ever asked. */
const RULES = "rules";

/** How many of the ranked corridors came before. */
const OffsetSchema = z.int().nonnegative();

export const getShadowStats: Handler<"getShadowStats"> = async ({ query }, { db }) => {
  const start = query.cursor === undefined ? 0 : decodeCursor(query.cursor, OffsetSchema);
  if (start === null) return refuse("invalid-cursor");
  const [ids, model_version] = await Promise.all([idsOf(db, query.deployment), modelVersion(db)]);
  if (ids === null) return refuse("deployment-not-found");
  const sums = await readShadowSums(db, ids);
  const merged = mergeCorridors(sums.flatMap(({ corridors }) => corridors));
  const ranked = rankCorridors(merged);
  const corridors = fittingItems(ranked.slice(start, start + query.limit));
  const end = start + corridors.length;
  return done({
    model_version,
    ...figuresOf(sums.reduce((sum, { latencies }) => addBuckets(sum, latencies), NO_LATENCIES.shadow)),
    drift: { ...driftOf(merged), corridors: [...corridors] },
    nextCursor: end < ranked.length ? encodeCursor(end) : null,
  });
};

export const postShadowEvents: Handler<"postShadowEvents"> = async ({ body }, { db }) => {
  const after = body.cursor === undefined ? undefined : decodeCursor(body.cursor, z.string());
  if (after === null) return refuse("invalid-cursor");
  const [ids, model_version] = await Promise.all([idsOf(db, body.deployment), modelVersion(db)]);
  if (ids === null) return refuse("deployment-not-found");
  const rows = await readEvents(db, { deploymentIds: ids, route: body.corridor, after, limit: body.limit });
  const events = fittingItems(rows.slice(0, body.limit).map(eventOf));
  const last = events.at(-1);
  const nextCursor = last !== undefined && events.length < rows.length ? encodeCursor(last.id) : null;
  return done({ model_version, events: [...events], nextCursor });
};

/** The deployments asked for; null where there is none of that name. */
async function idsOf(db: Database, deployment: string | undefined): Promise<readonly string[] | null> {
  if (deployment === undefined) return readOpenIds(db);
  return (await findDeployment(db, deployment)) === null ? null : [deployment];
}

/** `0.1.0+rules`: the pipeline's version, and what decides where rules leave room. */
async function modelVersion(db: Database): Promise<string> {
  return `${VERSION}+${(await readLastModel(db)) ?? RULES}`;
}
