/** Starts the consumer in the real runtime with a producer beside it, and says how tests talk to both. */
import { gzipSync } from "node:zlib";
import type { D1Database, Queue, R2Bucket } from "@cloudflare/workers-types";
import { createTestHarness } from "wrangler";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { Answer } from "../../../core/pair/pair.ts";
import { OUTBOX_NAME, type OutboxCalls } from "../../../core/wire/outbox.ts";

export const DEPLOYMENT = "7-12-0123456789ab";
export const REPO_ID = 7;
const WAIT_MS = 25_000;

interface StandOptions {
  readonly vars?: Record<string, string>;
  readonly secrets?: Record<string, string>;
}

export type Stand = Awaited<ReturnType<typeof startStand>>;

export async function startStand({ vars = {}, secrets = {} }: StandOptions = {}) {
  const harness = createTestHarness({
    workers: [
      { configPath: "workers/compare/wrangler.toml", vars, secrets: { ANTHROPIC_API_KEY: "", ...secrets } },
      // Hosts the outbox that the consumer of a local start reports to.
      {
        configPath: "workers/report/wrangler.toml",
        vars: { SHADOW_INFRA_MODE: "local" },
        secrets: { SHADOW_INFRA_SERVICE_TOKEN: "for tests only" },
      },
      {
        config: {
          name: "producer",
          main: "test/workers/compare/producer.ts",
          compatibility_date: "2026-11-01",
          // Lets a service binding hand over a batch of a queue.
          compatibility_flags: ["service_binding_extra_handlers"],
          services: [{ binding: "COMPARE", service: "shadow-infra-compare" }],
          queues: { producers: [{ binding: "PAIR_QUEUE", queue: "shadow-infra-pairs" }] },
        },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker<CompareBindings>("shadow-infra-compare");
  await worker.applyD1Migrations("DB");
  const { DB, BODIES, OUTBOX } = await worker.getEnv();
  const producer = harness.getWorker<{ PAIR_QUEUE: Queue }>("producer");
  const { PAIR_QUEUE } = await producer.getEnv();
  const rows = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> =>
    (
      await DB.prepare(sql)
        .bind(...values)
        .all<T>()
    ).results;
  return {
    harness,
    worker,
    db: DB,
    bodies: BODIES,
    outbox: OUTBOX.getByName(OUTBOX_NAME),
    rows,
    sendBytes: (bytes: Uint8Array) => PAIR_QUEUE.send(bytes, { contentType: "bytes" }),
    send: (pairs: readonly CapturedPair[]) => PAIR_QUEUE.send(message({ v: 1, pairs }), { contentType: "bytes" }),
    /** One message for each list of pairs, as fast as the queue takes them. */
    sendAll: async (messages: readonly (readonly CapturedPair[])[]) => {
      for (let at = 0; at < messages.length; at += MAX_SENT)
        await PAIR_QUEUE.sendBatch(
          messages.slice(at, at + MAX_SENT).map((pairs) => ({ body: message({ v: 1, pairs }), contentType: "bytes" })),
        );
    },
    /** A batch of one message, handed to the consumer at once and awaited: no queue stands between. */
    deliver: async (pairs: readonly CapturedPair[]) => {
      const response = await producer.fetch("http://producer/", { method: "POST", body: message({ v: 1, pairs }) });
      const done: unknown = await response.json();
      if (!isAcknowledged(done)) throw new Error(`the consumer did not acknowledge: ${JSON.stringify(done)}`);
    },
    /** Waits until this many pairs are stored. */
    stored: (count: number, waitMs = WAIT_MS) =>
      until(
        async () => (await rows<{ n: number }>("SELECT count(*) AS n FROM response_pairs"))[0]?.n === count,
        waitMs,
      ),
    /** Waits until the log has been quiet for longer than a batch takes to be delivered. */
    settled: () => quiet(() => harness.getLogs().length),
    /** Empties all tables and the log; for tests that left nothing on the queue. */
    clear: async () => {
      await DB.batch(TABLES.map((table) => DB.prepare(`DELETE FROM ${table}`)));
      harness.clearLogs();
    },
    /** Registers the deployment the pairs belong to. */
    deploy: () =>
      rows(
        `INSERT INTO shadow_deployments (id, repo_id, repo_full_name, pr_number, pr_title, branch, head_sha, hosts, shadow_origin,
         rate, methods, control_share, credentials, state, created_at, updated_at)
         VALUES (?, ?, 'acme/shop', 12, 'A change', 'main', '0123456789ab', '[]',
         'http://127.0.0.1:1', 1, '["GET"]', 0, '{}', 'ready', 1, 1)`,
        DEPLOYMENT,
        REPO_ID,
      ),
    events: () => harness.getLogs().flatMap((entry) => eventIn(entry.message)),
    close: () => harness.close(),
  };
}

const TABLES = ["response_pairs", "verdicts", "drifts", "decisions", "routes", "shadow_deployments", "model_usage"];

/** Messages of one `sendBatch`: 100, and 256 KB in all (https://developers.cloudflare.com/queues/platform/limits/). */
const MAX_SENT = 50;

/** A queue delivers a second after a message came. */
const QUIET_MS = 1_300;

async function quiet(size: () => number): Promise<void> {
  for (let before = -1; before !== size(); ) {
    before = size();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

interface CompareBindings {
  readonly OUTBOX: { getByName(name: string): OutboxCalls };
  readonly DB: D1Database;
  readonly BODIES: R2Bucket;
}

function isAcknowledged(done: unknown): boolean {
  return typeof done === "object" && done !== null && "acknowledged" in done && done.acknowledged === true;
}

/** A message as the tee writes it. */
export function message(envelope: unknown): Uint8Array {
  return new Uint8Array(gzipSync(JSON.stringify(envelope)));
}

export async function until(condition: () => Promise<boolean> | boolean, waitMs = WAIT_MS): Promise<void> {
  const end = Date.now() + waitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("what the test waits for did not happen");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A JSON answer. */
export function json(body: unknown, more: Partial<Answer> = {}): Answer {
  const headers = { "content-type": "application/json" };
  return { status: 200, headers, body: JSON.stringify(body), latencyMs: 10, ...more };
}

export function pair(id: string, more: Partial<CapturedPair> = {}): CapturedPair {
  return {
    id,
    deploymentId: DEPLOYMENT,
    repoId: REPO_ID,
    capturedAt: 1_800_000_000_000,
    credentials: "none",
    request: { method: "GET", path: "/things/1", headers: {}, body: null },
    prod: json({ label: "a" }),
    shadow: json({ label: "a" }),
    ...more,
  };
}

function eventIn(text: string): { event: string; [key: string]: unknown }[] {
  try {
    const parsed: unknown = JSON.parse(text);
    // Log lines of the Worker are JSON objects with an event; everything else is the runtime's own.
    return typeof parsed === "object" && parsed !== null && "event" in parsed ? [parsed as { event: string }] : [];
  } catch {
    return [];
  }
}
