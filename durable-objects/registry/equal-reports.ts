/** Byte-equal pairs that were settled in the tee, by route: each isolate's totals, and the sums over all. */
import { addBuckets } from "../../core/report/latency.ts";
import type { EqualRoute, LatencyBuckets } from "../../core/wire/sync.ts";
import type { Bounded } from "./bounds.ts";

/** Routes of one deployment over all isolates; further ones count as `<METHOD> {other}`, as they do inside one isolate. */
const MAX_ROUTES_OF_DEPLOYMENT = 1_000;

const NO_EQUAL_PAIRS: EqualRoute = { pairs: 0, secondAnswers: 0, lastAt: 0, prod: {}, shadow: {}, control: {} };

interface Place {
  readonly isolateId: string;
  readonly deploymentId: string;
  readonly route: string;
  readonly known: Set<string>;
}

export function storeEqualRoutes(sql: SqlStorage, { isolateId, equalRoutes }: Bounded): void {
  for (const [deploymentId, routes] of equalRoutes) {
    const known = routesOf(sql, deploymentId);
    for (const [route, equal] of routes) storeEqualRoute(sql, { isolateId, deploymentId, route, known }, equal);
  }
}

/** The routes that have a sum. Grows with the report's. */
function routesOf(sql: SqlStorage, deploymentId: string): Set<string> {
  const rows = sql.exec<{ route: string }>("SELECT route FROM equal_totals WHERE deployment_id = ?", deploymentId);
  return new Set(rows.toArray().map(({ route }) => route));
}

function storeEqualRoute(sql: SqlStorage, place: Place, equal: EqualRoute): void {
  const { isolateId, deploymentId, route } = place;
  const text = JSON.stringify(equal);
  const last = lastOf(sql, place);
  if (last?.equal_route === text) return;
  const countedAs = last?.counted_as ?? nameFor(place);
  sql.exec(
    "INSERT OR REPLACE INTO equal_reports (isolate_id, deployment_id, route, counted_as, equal_route) VALUES (?, ?, ?, ?, ?)",
    isolateId,
    deploymentId,
    route,
    countedAs,
    text,
  );
  const former = parsed(last?.equal_route);
  // Fewer than before: the isolate counts from zero again, and what it counted before stays in the sum.
  const replaced = equal.pairs < former.pairs ? NO_EQUAL_PAIRS : former;
  const total = exchanged(totalOf(sql, deploymentId, countedAs) ?? NO_EQUAL_PAIRS, replaced, equal);
  sql.exec(
    `INSERT INTO equal_totals (deployment_id, route, equal_route, revision) VALUES (?1, ?2, ?3, 1)
     ON CONFLICT (deployment_id, route) DO UPDATE SET equal_route = ?3, revision = revision + 1`,
    deploymentId,
    countedAs,
    JSON.stringify(total),
  );
}

function lastOf(sql: SqlStorage, { isolateId, deploymentId, route }: Place) {
  return sql
    .exec<{ counted_as: string; equal_route: string }>(
      "SELECT counted_as, equal_route FROM equal_reports WHERE isolate_id = ? AND deployment_id = ? AND route = ?",
      isolateId,
      deploymentId,
      route,
    )
    .toArray()[0];
}

function nameFor({ route, known }: Place): string {
  const name = known.has(route) || known.size < MAX_ROUTES_OF_DEPLOYMENT ? route : `${route.split(" ", 1)[0]} {other}`;
  known.add(name);
  return name;
}

function totalOf(sql: SqlStorage, deploymentId: string, route: string): EqualRoute | undefined {
  const [row] = sql
    .exec<{ equal_route: string }>(
      "SELECT equal_route FROM equal_totals WHERE deployment_id = ? AND route = ?",
      deploymentId,
      route,
    )
    .toArray();
  return row === undefined ? undefined : parsed(row.equal_route);
}

function parsed(text: string | undefined): EqualRoute {
  // Only this file writes these columns, so the text is one.
  return text === undefined ? NO_EQUAL_PAIRS : (JSON.parse(text) as EqualRoute);
}

/** The sum with one isolate's former total taken out and its present one put in. */
function exchanged(sum: EqualRoute, former: EqualRoute, present: EqualRoute): EqualRoute {
  const latencies = (of: (equal: EqualRoute) => LatencyBuckets) =>
    withoutZeros(addBuckets(addBuckets(of(sum), of(present)), negated(of(former))));
  return {
    pairs: sum.pairs - former.pairs + present.pairs,
    secondAnswers: sum.secondAnswers - former.secondAnswers + present.secondAnswers,
    lastAt: Math.max(sum.lastAt, present.lastAt),
    prod: latencies(({ prod }) => prod),
    shadow: latencies(({ shadow }) => shadow),
    control: latencies(({ control }) => control),
  };
}

function negated(buckets: LatencyBuckets): LatencyBuckets {
  return Object.fromEntries(Object.entries(buckets).map(([bucket, count]) => [bucket, -count]));
}

function withoutZeros(buckets: LatencyBuckets): LatencyBuckets {
  return Object.fromEntries(Object.entries(buckets).filter(([, count]) => count !== 0));
}
