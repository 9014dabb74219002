/**
 * Routes that became slower, of many deployments at once. Reading all their sketches for each list would be megabytes; so what
 * they said is kept, and only routes that got pairs since are read again. A write on reading, but a cache's: it repeats itself.
 */
import { and, isNotNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type LatencyFinding, latencyFinding, latencyShift, MIN_ANSWERS } from "../../../core/report/latency-shift.ts";
import {
  addLatencies,
  NO_LATENCIES,
  type RouteLatencies,
  routeLatencies,
} from "../../../core/report/route-latencies.ts";
import { equalPairs, latencyChecks, routes } from "../../../migrations/schema.ts";
import { readStored } from "../endpoints/stored.ts";
import { type Database, isOneOf } from "./database.ts";

/** Routes read again at once: some megabytes of sketches. A list with more of them catches up with its next reads. */
const MAX_CHECKED = 500;

const CountsSchema = z.record(z.string(), z.number());
const SettledSchema = z.array(z.tuple([z.string(), z.string()]));

/** By deployment, then route. */
export type SlowRoutes = ReadonlyMap<string, ReadonlyMap<string, LatencyFinding>>;

/** Two queries while no pair came, four otherwise. */
export async function readSlowRoutes(db: Database, deploymentIds: readonly string[]): Promise<SlowRoutes> {
  const changed = await readChanged(db, deploymentIds);
  if (changed.length > 0) await writeChecks(db, changed.map(checkOf));
  return readFindings(db, deploymentIds);
}

interface ChangedRow {
  readonly deploymentId: string;
  readonly route: string;
  readonly pairs: number;
  /** The column `routes.latencies`, or null where all pairs were byte-equal. */
  readonly latencies: string | null;
  /** JSON array of the hosts' `[prod, shadow]`. */
  readonly settled: string;
}

/** Routes with another number of pairs than when they were checked, and what it takes to check them. */
async function readChanged(db: Database, deploymentIds: readonly string[]): Promise<readonly ChangedRow[]> {
  const [r, e, c] = [routes, equalPairs, latencyChecks];
  const known = JSON.stringify(deploymentIds);
  const own = (table: SQL) => sql`${table}.deployment_id = n.deployment_id AND ${table}.route = n.route`;
  return db.all<ChangedRow>(sql`
    WITH counted AS (
      SELECT deployment_id, route, pairs FROM ${r} WHERE deployment_id IN (SELECT value FROM json_each(${known}))
      UNION ALL
      SELECT deployment_id, route, pairs FROM ${e} WHERE deployment_id IN (SELECT value FROM json_each(${known}))
    ), n AS (SELECT deployment_id, route, sum(pairs) AS pairs FROM counted GROUP BY 1, 2 HAVING sum(pairs) >= ${MIN_ANSWERS})
    SELECT n.deployment_id AS deploymentId, n.route, n.pairs,
      (SELECT latencies FROM ${r} WHERE ${own(sql`${r}`)}) AS latencies,
      (SELECT json_group_array(json_array(prod_latency, shadow_latency)) FROM ${e} WHERE ${own(sql`${e}`)}) AS settled
    FROM n LEFT JOIN ${c} AS c ON ${own(sql`c`)}
    WHERE c.pairs IS NULL OR c.pairs <> n.pairs LIMIT ${MAX_CHECKED}`);
}

type Check = typeof latencyChecks.$inferInsert;

function checkOf({ deploymentId, route, pairs, latencies, settled }: ChangedRow): Check {
  const rows = latencies === null ? NO_LATENCIES : readLatencies(latencies);
  const all = readStored(settled, SettledSchema, []).reduce<RouteLatencies>(
    (sum, [prod, shadow]) =>
      addLatencies(sum, { prod: readStored(prod, CountsSchema, {}), shadow: readStored(shadow, CountsSchema, {}) }),
    rows,
  );
  const finding = latencyFinding(route, latencyShift(all));
  return { deploymentId, route, pairs, ...(finding ?? { signature: null, rule: null, severity: null, reason: null }) };
}

/** The column `routes.latencies`. */
export function readLatencies(text: string): RouteLatencies {
  return routeLatencies(readStored(text, CountsSchema, {}));
}

async function writeChecks(db: Database, checks: readonly Check[]): Promise<void> {
  const names = ["deploymentId", "route", "pairs", "signature", "rule", "severity", "reason"] as const;
  const values = sql.raw(names.map((name) => `value ->> '$.${name}'`).join(", "));
  await db.run(sql`INSERT INTO ${latencyChecks} (deployment_id, route, pairs, signature, rule, severity, reason)
    SELECT ${values} FROM json_each(${JSON.stringify(checks)}) WHERE true
    ON CONFLICT (deployment_id, route) DO UPDATE SET pairs = excluded.pairs, signature = excluded.signature,
      rule = excluded.rule, severity = excluded.severity, reason = excluded.reason`);
}

async function readFindings(db: Database, deploymentIds: readonly string[]): Promise<SlowRoutes> {
  const { deploymentId, signature } = latencyChecks;
  const rows = await db
    .select()
    .from(latencyChecks)
    .where(and(isOneOf(deploymentId, deploymentIds), isNotNull(signature)));
  const byDeployment = Map.groupBy(rows, (row) => row.deploymentId);
  return new Map(Array.from(byDeployment, ([id, own]) => [id, new Map(own.flatMap(findingOf))]));
}

function findingOf(row: typeof latencyChecks.$inferSelect): readonly (readonly [string, LatencyFinding])[] {
  const { route, signature, rule, severity, reason } = row;
  const whole = signature !== null && rule !== null && severity !== null && reason !== null;
  return whole ? [[route, { signature, rule, severity, reason }]] : [];
}
