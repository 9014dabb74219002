/** The statements that make up deployments, and what their tees counted without sending it: byte-equal pairs that have no row. Pure. */
import { latencyBucket } from "../../../core/report/latency.ts";
import { SEED_ROUTES } from "./pairs.ts";
import { FIRST_PULL, SEED_HOST, SEED_REPO_ID, SEED_START_MS, type SeedSize } from "./size.ts";

/** Equal pairs of a route of a deployment that have no row: as many values as the sketches below have. */
const EQUAL_PAIRS = 200;

const numbers = (count: number) =>
  `WITH RECURSIVE t(d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM t WHERE d < ${count - 1})`;
const ID = `('${SEED_REPO_ID}-' || (${FIRST_PULL} + d) || '-' || printf('%012d', d))`;

function insertDeployments({ deployments }: SeedSize): string {
  return `INSERT INTO shadow_deployments (id, repo_id, repo_full_name, pr_number, pr_title, pr_url, branch, head_sha, hosts, shadow_origin, rate,
  methods, control_share, credentials, state, created_at, updated_at)
${numbers(deployments)}
SELECT ${ID}, ${SEED_REPO_ID}, 'acme/shop', ${FIRST_PULL} + d, 'Change number ' || d, 'https://github.com/acme/shop/pull/' || (${FIRST_PULL} + d),
  'change-' || d, printf('%012d', d) || 'abcdef0123456789abcdef012345', '["${SEED_HOST}"]', 'http://127.0.0.1:3001', 1, '["GET","HEAD"]', 0.1, '{}',
  'ready', ${SEED_START_MS} + d * 60000, ${SEED_START_MS} + d * 60000 FROM t;`;
}

/** Half as long to twice as long as the route's usual time, evenly. */
function sketch(route: number, times: number): string {
  const usual = 8 + ((route * 7) % SEED_ROUTES.length);
  const counts: Record<string, number> = {};
  for (let i = 0; i < EQUAL_PAIRS; i += 1) {
    const key = String(latencyBucket(usual * times * (0.5 + (1.5 * i) / EQUAL_PAIRS)));
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return JSON.stringify(counts);
}

function insertEqualPairs({ deployments }: SeedSize): readonly string[] {
  return SEED_ROUTES.map(
    (
      name,
      route,
    ) => `INSERT INTO equal_pairs (deployment_id, host, route, pairs, second_answers, last_at, prod_latency, shadow_latency, control_latency)
${numbers(deployments)}
SELECT ${ID}, '${SEED_HOST}', '${name}', ${EQUAL_PAIRS}, 0, ${SEED_START_MS}, '${sketch(route, 1)}', '${sketch(route, 1.02)}', '{}' FROM t;`,
  );
}

/** The counters add up to the pairs that are stored, so the ledger does. */
const COUNTERS = `INSERT INTO tee_counters (deployment_id, host, counter, value, updated_at)
WITH own AS (SELECT r.deployment_id AS id, sum(r.pairs) AS sent, (SELECT sum(e.pairs) FROM equal_pairs AS e WHERE e.deployment_id = r.deployment_id) AS equal
  FROM routes AS r GROUP BY 1)
SELECT id, '${SEED_HOST}', 'seen', sent + equal, ${SEED_START_MS} FROM own UNION ALL
SELECT id, '${SEED_HOST}', 'sampled', sent + equal, ${SEED_START_MS} FROM own UNION ALL
SELECT id, '${SEED_HOST}', 'sent', sent, ${SEED_START_MS} FROM own UNION ALL
SELECT id, '${SEED_HOST}', 'equal', equal, ${SEED_START_MS} FROM own;`;

/** Before the pairs. */
export function deploymentStatements(size: SeedSize): readonly string[] {
  return [insertDeployments(size), ...insertEqualPairs(size)];
}

/** After the pairs. */
export function counterStatements(): readonly string[] {
  return [COUNTERS, "PRAGMA optimize;"];
}
