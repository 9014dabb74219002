/**
 * The statements that make up pairs, verdicts, drifts and routes. The database computes every row from its number, so the file that wrangler
 * executes stays small. Pure.
 */
import { bucket, latency, uniform } from "./draws.ts";
import { FIRST_PULL, ROUTES, SEED_REPO_ID, SEED_START_MS, type SeedSize } from "./size.ts";

const RESOURCES = [
  "orders",
  "users",
  "products",
  "carts",
  "invoices",
  "reviews",
  "prices",
  "stores",
  "returns",
  "offers",
] as const;
const FORMS = ["", "/{id}", "/{id}/history", "/{id}/related"] as const;

/** `GET /orders/{id}/history`: 40 of them. */
export const SEED_ROUTES: readonly string[] = RESOURCES.flatMap((resource) =>
  FORMS.map((form) => `GET /${resource}${form}`),
).slice(0, ROUTES);

/** Ids as the database makes them, from the column `d`. */
const DEPLOYMENT = `('${SEED_REPO_ID}-' || (${FIRST_PULL} + d) || '-' || printf('%012d', d))`;

/** Shares of all pairs, added up: no answer of the shadow, a proven difference, one that a person has to judge. */
const FAILED = 0.002;
const CRITICAL = 0.007;
const WARNING = 0.05;
/** One in so many routes of a deployment became half as slow again. */
const SLOW_EACH = 13;
/** Share of pairs whose reference was asked twice. */
const CONTROL = 0.1;

/** One row per pair, with everything that its rows in the tables are made of. */
function drawn({ pairs, deployments, seed }: SeedSize): string {
  const u = (stream: number) => uniform(stream, seed);
  const slower = `CASE WHEN (d * ${ROUTES} + r) % ${SLOW_EACH} = 0 THEN 1.5 ELSE 1 END`;
  return `WITH RECURSIVE t(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < ${pairs - 1}),
  u AS MATERIALIZED (SELECT n, n % ${deployments} AS d, CAST(${ROUTES} * ${u(1)} * ${u(2)} AS INTEGER) AS r,
    ${u(3)} AS u3, ${u(4)} AS u4, ${u(5)} AS u5, ${u(6)} AS verdict, ${u(7)} AS asked FROM t),
  v AS MATERIALIZED (SELECT *, 8 + r * 7 % ${ROUTES} AS median, ${slower} AS slower FROM u),
  pair AS (SELECT *, '01KB' || printf('%022d', n) AS id, ${DEPLOYMENT} AS deployment,
    json_extract('${JSON.stringify(SEED_ROUTES)}', '$[' || r || ']') AS route,
    ${latency("median", "u3")} AS prod_ms, ${latency("median * slower", "u4")} AS shadow_ms,
    CASE WHEN asked < ${CONTROL} THEN ${latency("median", "u5")} END AS control_ms,
    verdict < ${FAILED} AS failed, ${SEED_START_MS} + n * 800 AS at,
    CASE WHEN verdict < ${CRITICAL} THEN 'Critical' WHEN verdict < ${WARNING} THEN 'Warning' ELSE 'Safe' END AS word FROM v)`;
}

function insertPairs(size: SeedSize): string {
  const features = `'["query:page=' || (n % 50) || '","query:currency=' || (n % 4) || '","path:{id}=' || n || '","header:accept=json"]'`;
  return `INSERT INTO response_pairs (id, deployment_id, route, method, path, captured_at, prod_status, shadow_status, shadow_failed,
  prod_latency_ms, shadow_latency_ms, control_latency_ms, prod_bytes, shadow_bytes, features, equal, inserted_by)
${drawn(size)}
SELECT id, deployment, route, 'GET', replace(substr(route, 5), '{id}', n), at, 200, CASE WHEN failed THEN NULL ELSE 200 END,
  CASE WHEN failed THEN 'timeout' END, prod_ms, CASE WHEN failed THEN 10000 ELSE shadow_ms END, control_ms,
  400 + n % 900, 400 + n % 900, ${features}, word = 'Safe', 'seed' FROM pair;`;
}

const SIGNATURE = "printf('%016x', (r + 1) * 104729 * 15485863 + failed)";
const RULE =
  "CASE WHEN failed THEN 'shadow-timeout' WHEN word = 'Critical' THEN 'field-removed' ELSE 'value-changed' END";

function insertVerdicts(size: SeedSize): string {
  const difference = `json_object('part', 'body', 'kind', 'value', 'path', '$.total', 'pattern', '$.total', 'reference', '19.90', 'shadow', '19.91')`;
  const limits = "CASE WHEN word = 'Critical' THEN 'Critical' ELSE 'Safe' END";
  return `INSERT INTO verdicts (pair_id, deployment_id, verdict, decided_by, reasoning, findings, signatures, created_at)
${drawn(size)}
SELECT id, deployment, word, 'rule', CASE word WHEN 'Safe' THEN 'Both answers say the same.' ELSE 'A value changed at $.total.' END,
  CASE word WHEN 'Safe' THEN '[]' ELSE json_array(json_object('rule', ${RULE}, 'signature', ${SIGNATURE}, 'severity', word, 'floor', ${limits},
    'ceiling', 'Critical', 'path', '$.total', 'pattern', '$.total', 'reason', 'A value changed.', 'noise', NULL,
    'differences', json_array(${difference}))) END,
  CASE word WHEN 'Safe' THEN '[]' ELSE json_array(json_array(${SIGNATURE}, word, ${limits}, 'Critical')) END, at FROM pair;`;
}

/** What the verdicts add up to, as the consumer adds them up. */
const DRIFTS = `INSERT INTO drifts (deployment_id, signature, rule, severity, floor, ceiling, route, pattern, kind, reason, count, noise_count,
  sample, examples, first_seen, last_seen)
SELECT v.deployment_id, f.value ->> '$.signature', min(f.value ->> '$.rule'), min(f.value ->> '$.severity'), min(f.value ->> '$.floor'), 'Critical', p.route,
  '$.total', 'value', 'A value changed.', count(*), 0, min(f.value -> '$.differences[0]'),
  json_group_array(p.id) FILTER (WHERE p.shadow_bytes % 3 = 0), min(p.captured_at), max(p.captured_at)
FROM verdicts AS v JOIN response_pairs AS p ON p.id = v.pair_id, json_each(v.findings) AS f WHERE v.verdict <> 'Safe' GROUP BY 1, 2;`;

const DELTA = "shadow_latency_ms - coalesce(control_latency_ms, prod_latency_ms)";

/** Without their latencies. */
const ROUTE_COUNTS = `INSERT INTO routes (deployment_id, route, pairs, equal, shadow_failed, noise, slow, second_answers, learned_noise, last_pair_at,
  delta_count, delta_sum, delta_max)
SELECT deployment_id, route, count(*), sum(equal), sum(shadow_failed IS NOT NULL), 0, sum(shadow_latency_ms > 3 * prod_latency_ms),
  sum(control_latency_ms IS NOT NULL), '{}', max(captured_at), count(*) FILTER (WHERE shadow_status = 200),
  sum(${DELTA}) FILTER (WHERE shadow_status = 200), max(${DELTA}) FILTER (WHERE shadow_status = 200) FROM response_pairs GROUP BY deployment_id, route;`;

const SIDES = [
  ["prod", "prod_latency_ms", "prod_status IS NOT NULL"],
  ["shadow", "shadow_latency_ms", "shadow_status IS NOT NULL"],
  ["control", "control_latency_ms", "control_latency_ms IS NOT NULL"],
] as const;

function fillLatencies(): string {
  const sides = SIDES.map(
    ([
      side,
      column,
      where,
    ]) => `SELECT deployment_id AS d, route AS r, '${side}:' || ${bucket(column)} AS k, count(*) AS c
    FROM response_pairs WHERE ${where} GROUP BY 1, 2, 3`,
  );
  return `UPDATE routes SET latencies = o.object FROM (SELECT d, r, json_group_object(k, c) AS object FROM (
  ${sides.join("\n  UNION ALL ")}) GROUP BY d, r) AS o WHERE routes.deployment_id = o.d AND routes.route = o.r;`;
}

/** In the order in which they need each other. */
export function pairStatements(size: SeedSize): readonly string[] {
  return [insertPairs(size), insertVerdicts(size), DRIFTS, ROUTE_COUNTS, fillLatencies()];
}
