/**
 * The statements that make up runs of a probe: as many as are kept of a service, each of as many endpoints as a run may have. They
 * name no branch, as probes by hand: trends show them where there is nothing else, and `/metrics`, whose length is that of what is probed, leaves
 * them out. Pure.
 */
import { SEED_START_MS, type SeedSize } from "./size.ts";

/** 1,000 runs for 100,000 pairs: all that the report keeps of a service. */
const PAIRS_EACH = 100;
const ENDPOINTS = 100;
/** Of one statement: some 6 MB, so that none takes long. */
const RUNS_AT_ONCE = 100;
const HOUR_MS = 3_600_000;

/** By endpoint `e` and run `r`; every seventh endpoint became slower with the newest 20 runs, over its budget where it was slow before. */
const FIGURES = `SELECT r, e, 20 + e % 40 + (r * 7919 + e * 104729) % 1000 / 200.0 + (e % 7 = 0 AND r < 20) * 30 AS p95 FROM t, endpoints`;

const ROW = (budget: string, value: string, threshold: number) =>
  `json_object('endpoint', name, 'budget', '${budget}', 'value', ${value}, 'threshold', ${threshold}, 'passed', json(iif(${value} < ${threshold}, 'true', 'false')))`;
const ENDPOINT = `json_object('figures', json_object('p50', p95 * 0.6, 'p95', p95, 'p99', p95 * 1.3, 'avg_size_kb', 5 + e % 20, 'failures', 0, 'failure_rate', 0, 'requests', 200),
    'budgets', json_array(${ROW("p95_ms", "p95", 75)}, ${ROW("p99_ms", "p95 * 1.3", 120)}, ${ROW("size_kb", "5 + e % 20", 25)}, ${ROW("failure_rate", "0", 0.05)}))`;

/** The newest run is number 0. */
export function probeRunStatements({ pairs }: SeedSize): readonly string[] {
  const runs = Math.ceil(pairs / PAIRS_EACH);
  return Array.from({ length: Math.ceil(runs / RUNS_AT_ONCE) }, (_, batch) => {
    const [from, to] = [batch * RUNS_AT_ONCE, Math.min(runs, (batch + 1) * RUNS_AT_ONCE) - 1];
    return `INSERT INTO probe_runs (id, content_hash, repository, service, branch, commit_sha, pull, region, branch_class, run_at, received_at, passed, results)
WITH RECURSIVE t(r) AS (SELECT ${from} UNION ALL SELECT r + 1 FROM t WHERE r < ${to}),
  endpoints(e) AS (SELECT 0 UNION ALL SELECT e + 1 FROM endpoints WHERE e < ${ENDPOINTS - 1}),
  figures AS (${FIGURES}), named AS (SELECT *, 'GET /v1/things-' || e || '/{id}' AS name FROM figures)
SELECT printf('01KA%022d', ${runs} - r), printf('seed%d', r), 'acme/shop', 'shop', '', printf('%040d', r), 0, '', 'branch',
  ${SEED_START_MS} - r * ${HOUR_MS}, ${SEED_START_MS} - r * ${HOUR_MS}, 0,
  json_object('timestamp', strftime('%Y-%m-%dT%H:%M:%SZ', ${SEED_START_MS / 1_000} - r * 3600, 'unixepoch'), 'base_url', 'http://localhost:3000', 'iterations', 200,
    'origin', json_object('repository', 'acme/shop', 'service', 'shop'), 'endpoints', json_group_object(name, ${ENDPOINT}), 'otherBudgets', json_array())
FROM named GROUP BY r;`;
  });
}
