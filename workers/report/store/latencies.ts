/** Latencies of stored pairs, counted into the tees' buckets by the database: pairs of a deployment are many, buckets few. */
import { type SQL, sql } from "drizzle-orm";
import {
  LATENCY_ACCURACY,
  LONGEST_LATENCY_MS,
  SHORTEST_LATENCY_MS,
  ZERO_BUCKET,
} from "../../../core/report/latency.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";
import { responsePairs } from "../../../migrations/schema.ts";
import type { Database } from "./database.ts";

/** Rows that are read for it. More of them make the read slow and its quantiles no better. */
export const NEWEST_PAIRS = 5_000;

/** Natural logarithms to one bucket: that of `latencyBucket`, whose borders these share within a rounding. */
const PER_BUCKET = Math.log1p((2 * LATENCY_ACCURACY) / (1 - LATENCY_ACCURACY));

/** What is measured, and of which rows: a side that gave no answer has a time until it was given up, which is nobody's latency. */
const SIDES = {
  prod: { column: "prod_latency_ms", where: "prod_status IS NOT NULL" },
  shadow: { column: "shadow_latency_ms", where: "shadow_status IS NOT NULL" },
  control: { column: "control_latency_ms", where: "control_latency_ms IS NOT NULL" },
  base: { column: "base_latency_ms", where: "base_latency_ms IS NOT NULL" },
  shadowBesideBase: {
    column: "shadow_latency_ms",
    where: "shadow_status IS NOT NULL AND base_latency_ms IS NOT NULL",
  },
} as const;
type Side = keyof typeof SIDES;

/** The rows of the newest pairs that all of them read. */
const COLUMNS = sql.raw(
  "route, prod_status, shadow_status, prod_latency_ms, shadow_latency_ms, control_latency_ms, base_latency_ms",
);

interface BucketRow {
  readonly route: string;
  readonly side: Side;
  readonly bucket: number;
  readonly pairs: number;
}

/** By route: how many answers of each side fell into which bucket, of the newest pairs. */
export type RouteLatencies = ReadonlyMap<string, Readonly<Record<Side, LatencyBuckets>>>;

export async function readLatencies(db: Database, deploymentId: string): Promise<RouteLatencies> {
  const rows = await db.all<BucketRow>(sql`
    WITH newest AS (SELECT ${COLUMNS} FROM ${responsePairs}
      WHERE deployment_id = ${deploymentId} ORDER BY id DESC LIMIT ${NEWEST_PAIRS})
    SELECT route, side, bucket, count(*) AS pairs FROM (${sql.join(NAMES.map(bucketsOf), sql` UNION ALL `)}) AS sides
    GROUP BY route, side, bucket`);
  const byRoute = Map.groupBy(rows, ({ route }) => route);
  return new Map(Array.from(byRoute, ([route, own]) => [route, sketchesOf(own)]));
}

const NAMES = ["prod", "shadow", "control", "base", "shadowBesideBase"] as const satisfies readonly Side[];

function bucketsOf(side: Side): SQL {
  const latency = sql.raw(SIDES[side].column);
  return sql`SELECT route, ${side} AS side, CASE WHEN ${latency} < ${SHORTEST_LATENCY_MS} THEN ${ZERO_BUCKET}
    ELSE CAST(ceil(ln(min(${latency}, ${LONGEST_LATENCY_MS})) / ${PER_BUCKET}) AS INTEGER) END AS bucket
    FROM newest WHERE ${sql.raw(SIDES[side].where)}`;
}

function sketchesOf(rows: readonly BucketRow[]): Readonly<Record<Side, LatencyBuckets>> {
  const of = (side: Side): LatencyBuckets =>
    Object.fromEntries(rows.filter((row) => row.side === side).map(({ bucket, pairs }) => [String(bucket), pairs]));
  return {
    prod: of("prod"),
    shadow: of("shadow"),
    control: of("control"),
    base: of("base"),
    shadowBesideBase: of("shadowBesideBase"),
  };
}
