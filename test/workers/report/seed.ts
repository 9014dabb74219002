/** Rows as the consumer writes them, for tests of what the report makes of them. */
import { gzipSync } from "node:zlib";
import { latencyCounts } from "../../../core/report/route-latencies.ts";
import type { Severity, Verdict } from "../../../core/verdict/severity.ts";
import type { Stores } from "./report-worker.ts";

export const REPO_ID = 7;
export const DEPLOYMENT_ID = "7-12-0123456789ab";
export const NOON = Date.UTC(2026, 10, 20, 12);

export type Entry = readonly [signature: string, severity: Severity, floor: Severity, ceiling: Severity];

/** An ambiguous finding: rules say Warning, a model may say anything. */
export function ambiguous(signature: string): Entry {
  return [signature, "Warning", "Safe", "Critical"];
}

export function proven(signature: string): Entry {
  return [signature, "Critical", "Critical", "Critical"];
}

type Row = Readonly<Record<string, string | number | null>>;

async function insert({ DB }: Stores, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const marks = columns.map(() => "?").join(", ");
  await DB.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${marks})`)
    .bind(...Object.values(row))
    .run();
}

export function seedDeployment(stores: Stores, row: Row = {}): Promise<void> {
  return insert(stores, "shadow_deployments", {
    id: DEPLOYMENT_ID,
    repo_id: REPO_ID,
    repo_full_name: "acme/shop",
    pr_number: 12,
    pr_title: "Round prices",
    pr_url: "https://github.com/acme/shop/pull/12",
    branch: "round-prices",
    head_sha: "0123456789abcdef0123456789abcdef01234567",
    hosts: JSON.stringify(["shop.example.com"]),
    shadow_origin: "http://127.0.0.1:3001",
    rate: 1,
    methods: JSON.stringify(["GET", "HEAD"]),
    control_share: 0,
    credentials: JSON.stringify({ authorization: "Bearer of a test identity" }),
    state: "ready",
    created_at: NOON,
    updated_at: NOON,
    ...row,
  });
}

export interface SeedPair {
  readonly id: string;
  readonly deploymentId?: string;
  readonly route?: string;
  readonly verdict?: Verdict;
  readonly entries?: readonly Entry[];
  readonly shadowFailed?: string;
  readonly exchange?: unknown;
  readonly path?: string;
  readonly features?: readonly string[];
  readonly shadowLatencyMs?: number;
}

/** A pair with its verdict; and its kept answers, where the test gives some. Routes' counts grow with it. */
export async function seedPair(stores: Stores, pair: SeedPair): Promise<void> {
  const { id, deploymentId = DEPLOYMENT_ID, route = "GET /orders/{id}", verdict = "Safe", entries = [] } = pair;
  const failed = pair.shadowFailed ?? null;
  const bodyKey = pair.exchange === undefined ? null : `pairs/${deploymentId}/${id}.json.gz`;
  if (bodyKey !== null) await stores.BODIES.put(bodyKey, gzipSync(JSON.stringify(pair.exchange)));
  await insert(stores, "response_pairs", {
    id,
    deployment_id: deploymentId,
    route,
    method: "GET",
    path: pair.path ?? "/orders/1",
    features: pair.features === undefined ? null : JSON.stringify(pair.features),
    captured_at: NOON,
    prod_status: 200,
    shadow_status: failed === null ? 200 : null,
    shadow_failed: failed,
    prod_latency_ms: 10,
    shadow_latency_ms: pair.shadowLatencyMs ?? 12.5,
    prod_bytes: 20,
    shadow_bytes: 20,
    equal: 0,
    body_key: bodyKey,
    inserted_by: "a batch",
  });
  await insert(stores, "verdicts", {
    pair_id: id,
    deployment_id: deploymentId,
    verdict,
    decided_by: "rule",
    reasoning: "What the rules said.",
    findings: JSON.stringify(entries.map(findingOf)),
    signatures: JSON.stringify(entries),
    created_at: NOON,
  });
  await stores.DB.prepare(
    `INSERT INTO routes (deployment_id, route, pairs, equal, shadow_failed, noise, slow, second_answers, learned_noise, last_pair_at)
     VALUES (?, ?, 1, 0, ?, 2, 0, 0, '{}', ?)
     ON CONFLICT DO UPDATE SET pairs = pairs + 1, shadow_failed = shadow_failed + excluded.shadow_failed`,
  )
    .bind(deploymentId, route, failed === null ? 0 : 1, NOON)
    .run();
}

/** Adds the latencies of all stored pairs to their routes' rows, as the consumer does with each batch. */
export async function seedLatencies({ DB }: Stores): Promise<void> {
  type Pair = { deployment_id: string; route: string } & Record<Column, number | null>;
  const { results } = await DB.prepare(
    `SELECT deployment_id, route, ${COLUMNS.join(", ")} FROM response_pairs`,
  ).all<Pair>();
  const answer = (status: number | null, latencyMs: number | null) => {
    if (latencyMs === null) return undefined;
    return status === null ? { failed: "timeout" as const, latencyMs } : { status, headers: {}, body: "", latencyMs };
  };
  for (const own of Map.groupBy(results, (row) => `${row.deployment_id} ${row.route}`).values()) {
    const counts = new Map<string, number>();
    for (const row of own) {
      const prod = answer(row.prod_status, row.prod_latency_ms ?? 0) ?? NO_ANSWER;
      const shadow = answer(row.shadow_status, row.shadow_latency_ms ?? 0) ?? NO_ANSWER;
      const more = { control: answer(200, row.control_latency_ms), base: answer(200, row.base_latency_ms) };
      for (const key of Object.keys(latencyCounts({ prod, shadow, ...more })))
        counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    await DB.prepare("UPDATE routes SET latencies = ? WHERE deployment_id = ? AND route = ?")
      .bind(JSON.stringify(Object.fromEntries(counts)), own[0]?.deployment_id, own[0]?.route)
      .run();
  }
}

const COLUMNS = [
  "prod_status",
  "shadow_status",
  "prod_latency_ms",
  "shadow_latency_ms",
  "control_latency_ms",
  "base_latency_ms",
] as const;
type Column = (typeof COLUMNS)[number];
const NO_ANSWER = { failed: "timeout", latencyMs: 0 } as const;

function findingOf([signature, severity, floor, ceiling]: Entry) {
  const difference = { part: "body", kind: "value", path: "$.total", pattern: "$.total", reference: "1", shadow: "2" };
  const text = { rule: "value-changed", path: "$.total", pattern: "$.total", reason: "A value changed." };
  return { ...text, signature, severity, floor, ceiling, differences: [difference], noise: null };
}

export function seedDrift(stores: Stores, [signature, severity, floor, ceiling]: Entry, row: Row = {}): Promise<void> {
  return insert(stores, "drifts", {
    deployment_id: DEPLOYMENT_ID,
    signature,
    rule: "value-changed",
    severity,
    floor,
    ceiling,
    route: "GET /orders/{id}",
    pattern: "$.total",
    kind: "value",
    reason: "A value changed.",
    count: 1,
    noise_count: 0,
    sample: JSON.stringify(findingOf([signature, severity, floor, ceiling]).differences[0]),
    examples: JSON.stringify(["p1"]),
    first_seen: NOON,
    last_seen: NOON,
    ...row,
  });
}

/** A decided question of a model, unless `row` says otherwise. */
export function seedDecision(stores: Stores, signature: string, row: Row): Promise<void> {
  return insert(stores, "decisions", {
    repo_id: REPO_ID,
    signature,
    state: "decided",
    decided_by: "model",
    reasoning: "The model's reason.",
    model_version: "a-model/1",
    question: "{}",
    claimed_by: "a batch",
    attempts: 1,
    created_at: NOON,
    updated_at: NOON,
    ...row,
  });
}
