/**
 * Routes that became slower, of many deployments at once. Reading all their sketches for each list would be megabytes; so what
 * they said is kept, and only routes that got pairs since are read again. A write on reading, but a cache's: it repeats itself.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type LatencyFinding, latencyFinding, latencyShift, MIN_ANSWERS } from "../../../core/report/latency-shift.ts";
import {
  addLatencies,
  NO_LATENCIES,
  type RouteLatencies,
  routeLatencies,
} from "../../../core/report/route-latencies.ts";
import { latencyChecks, routes } from "../../../migrations/schema.ts";
import { readStored } from "../endpoints/stored.ts";
import { type Database, isOneOf } from "./database.ts";
import { type EqualRoute, readEqualCounts, readEqualRoutesOf } from "./equal-pairs.ts";

/** Routes read again at once: some megabytes of sketches. A list with more of them catches up with its next reads. */
const MAX_CHECKED = 500;

const CountsSchema = z.record(z.string(), z.number());

export interface SlowRoutes {
  /** By deployment, then route. */
  readonly found: ReadonlyMap<string, ReadonlyMap<string, LatencyFinding>>;
  /** Deployments some of whose routes wait for the next reads: what is found of them is not all. */
  readonly behind: ReadonlySet<string>;
}

/** Four queries while no pair came, some more otherwise. */
export async function readSlowRoutes(db: Database, deploymentIds: readonly string[]): Promise<SlowRoutes> {
  const [counted, known] = await Promise.all([
    readCounted(db, deploymentIds),
    db.select().from(latencyChecks).where(isOneOf(latencyChecks.deploymentId, deploymentIds)),
  ]);
  const before = new Map(known.map((one) => [keyOf(one), one]));
  const changed = counted.filter((row) => row.pairs >= MIN_ANSWERS && before.get(keyOf(row))?.pairs !== row.pairs);
  const checks = changed.length === 0 ? [] : await check(db, changed.slice(0, MAX_CHECKED));
  const all = new Map([...known, ...checks].map((one) => [keyOf(one), one]));
  const byDeployment = Map.groupBy(all.values(), (row) => row.deploymentId);
  return {
    found: new Map(Array.from(byDeployment, ([id, own]) => [id, new Map(own.flatMap(findingOf))])),
    behind: new Set(changed.slice(MAX_CHECKED).map(({ deploymentId }) => deploymentId)),
  };
}

interface Counted {
  readonly deploymentId: string;
  readonly route: string;
  readonly pairs: number;
}

function keyOf({ deploymentId, route }: Pick<Counted, "deploymentId" | "route">): string {
  return `${deploymentId} ${route}`;
}

/** All routes with their pairs, those without a row included. */
async function readCounted(db: Database, deploymentIds: readonly string[]): Promise<readonly Counted[]> {
  const { deploymentId, route, pairs } = routes;
  const [rows, equals] = await Promise.all([
    db.select({ deploymentId, route, pairs }).from(routes).where(isOneOf(deploymentId, deploymentIds)),
    readEqualCounts(db, deploymentIds),
  ]);
  const groups = Map.groupBy([...rows, ...equals], keyOf);
  return [...groups.values()].flatMap((group) => {
    const sum = group.reduce((total, row) => total + row.pairs, 0);
    return group.slice(0, 1).map((row) => ({ deploymentId: row.deploymentId, route: row.route, pairs: sum }));
  });
}

/** Reads the sketches of these routes, and keeps what they say. */
async function check(db: Database, changed: readonly Counted[]): Promise<readonly Check[]> {
  const names = JSON.stringify(changed.map(({ deploymentId, route }) => [deploymentId, route]));
  const [rows, settled] = await Promise.all([
    db.all<{ readonly deploymentId: string; readonly route: string; readonly latencies: string }>(sql`
      SELECT r.deployment_id AS deploymentId, r.route, r.latencies FROM json_each(${names}) AS n
      CROSS JOIN ${routes} AS r ON r.deployment_id = n.value ->> 0 AND r.route = n.value ->> 1`),
    readEqualRoutesOf(db, [...new Set(changed.map(({ deploymentId }) => deploymentId))]),
  ]);
  const rowOf = new Map(rows.map((row) => [keyOf(row), row]));
  const checks = changed.map(({ deploymentId, route, pairs }): Check => {
    const latencies = latenciesOf(rowOf.get(keyOf({ deploymentId, route })), settled.get(deploymentId)?.get(route));
    const finding = latencyFinding(route, latencyShift(latencies));
    return { deploymentId, route, pairs, ...(finding ?? NO_FINDING) };
  });
  await write(db, checks);
  return checks;
}

const NO_FINDING = { signature: null, rule: null, severity: null, reason: null } as const;

/** All that is measured of one route. The tees' sketches do not say what the base took: beside it only rows are judged. */
export function latenciesOf(
  row: Pick<typeof routes.$inferSelect, "latencies"> | undefined,
  settled: EqualRoute | undefined,
): RouteLatencies {
  const rows = row === undefined ? NO_LATENCIES : routeLatencies(readStored(row.latencies, CountsSchema, {}));
  if (settled === undefined) return rows;
  const { prod, shadow, control } = settled;
  return addLatencies(rows, { prod, shadow, control });
}

type Check = typeof latencyChecks.$inferSelect;

async function write(db: Database, checks: readonly Check[]): Promise<void> {
  const names = ["deploymentId", "route", "pairs", "signature", "rule", "severity", "reason"] as const;
  const values = sql.raw(names.map((name) => `value ->> '$.${name}'`).join(", "));
  await db.run(sql`INSERT INTO ${latencyChecks} (deployment_id, route, pairs, signature, rule, severity, reason)
    SELECT ${values} FROM json_each(${JSON.stringify(checks)}) WHERE true
    ON CONFLICT (deployment_id, route) DO UPDATE SET pairs = excluded.pairs, signature = excluded.signature,
      rule = excluded.rule, severity = excluded.severity, reason = excluded.reason`);
}

function findingOf(row: Check): readonly (readonly [string, LatencyFinding])[] {
  const { route, signature, rule, severity, reason } = row;
  const whole = signature !== null && rule !== null && severity !== null && reason !== null;
  return whole ? [[route, { signature, rule, severity, reason }]] : [];
}
