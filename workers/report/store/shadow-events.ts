/** Pairs as events of shadow mode: the newest of one deployment or of all that are open, each found by an index. */
import { sql } from "drizzle-orm";
import { responsePairs } from "../../../migrations/schema.ts";
import { type Database, oneMore } from "./database.ts";

const p = responsePairs;

export interface ShadowEventRow {
  readonly id: string;
  readonly deploymentId: string;
  readonly route: string;
  readonly capturedAt: number;
  readonly prodStatus: number | null;
  readonly shadowStatus: number | null;
  readonly shadowFailed: string | null;
  readonly prodLatencyMs: number;
  readonly shadowLatencyMs: number;
  readonly controlLatencyMs: number | null;
}

export interface EventSelection {
  readonly deploymentIds: readonly string[];
  readonly route?: string | undefined;
  /** Only pairs older than this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/**
 * Newest first (ids grow with time), with one row more than asked for. Each deployment gives its newest from its own index, so neither the
 * pairs of closed ones nor older ones are walked through.
 */
export async function readEvents(db: Database, selection: EventSelection): Promise<readonly ShadowEventRow[]> {
  const { deploymentIds, route, after, limit } = selection;
  const onRoute = route === undefined ? sql`` : sql`AND n.route = ${route}`;
  const older = after === undefined ? sql`` : sql`AND n.id < ${after}`;
  return db.all<ShadowEventRow>(sql`
    SELECT p.id, p.deployment_id AS deploymentId, p.route, p.captured_at AS capturedAt, p.prod_status AS prodStatus,
      p.shadow_status AS shadowStatus, p.shadow_failed AS shadowFailed, p.prod_latency_ms AS prodLatencyMs,
      p.shadow_latency_ms AS shadowLatencyMs, p.control_latency_ms AS controlLatencyMs
    FROM ${p} AS p WHERE p.id IN (
      SELECT c.id FROM json_each(${JSON.stringify(deploymentIds)}) AS d CROSS JOIN ${p} AS c ON c.id IN (
        SELECT n.id FROM ${p} AS n WHERE n.deployment_id = d.value ${onRoute} ${older} ORDER BY n.id DESC LIMIT ${oneMore(limit)})
      ORDER BY c.id DESC LIMIT ${oneMore(limit)})
    ORDER BY p.id DESC`);
}
