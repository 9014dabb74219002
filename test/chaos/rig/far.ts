/**
 * Everything behind the tee, in a runtime of its own: queue, consumer, database, bucket, report and registry, from the real
 * wrangler files. Only the database is wrapped, so that it can be broken. Plays the provisioner's part too.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { createTestHarness } from "wrangler";
import { type Ledger, LedgerSchema } from "../../../core/wire/api/ledger.ts";
import type { HostCounters } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { ROOT } from "../../layout/project-tree.ts";
import type { Mode } from "./faulty.ts";

const SERVICE_TOKEN = "token-of-the-chaos-run";
const CONTROL_URL = "http://chaos.control";

export interface Far {
  /** Registers a deployment of one host and sets its lease; `leased` again renews it. */
  register(target: MirrorTarget, host: string): Promise<void>;
  lease(target: MirrorTarget, host: string): Promise<void>;
  release(deploymentId: string, host: string): Promise<void>;
  /** What a tee's binding would do: one call of a registry object, arguments and answer as JSON. */
  registry(host: string, method: string, args: string): Promise<Buffer>;
  queue(message: Buffer): Promise<void>;
  store(key: string, bytes: Buffer): Promise<void>;
  breakDatabase(mode: Mode): Promise<void>;
  ledger(deploymentId: string): Promise<Ledger>;
  /** What the tees have reported of a deployment so far. */
  counters(deploymentId: string, host: string): Promise<HostCounters>;
  close(): Promise<void>;
}

export async function startFar(modelUrl: string): Promise<Far> {
  const harness = createTestHarness({
    workers: [
      {
        config: wrapped("workers/compare/wrangler.toml", "compare", { ANTHROPIC_BASE_URL: modelUrl }),
        secrets: { ANTHROPIC_API_KEY: "stand-in" },
      },
      {
        config: wrapped("workers/report/wrangler.toml", "report", { SHADOW_INFRA_MODE: "local" }),
        secrets: { SHADOW_INFRA_SERVICE_TOKEN: SERVICE_TOKEN },
      },
      { config: BRIDGE },
    ],
  });
  await harness.listen();
  const report = harness.getWorker("shadow-infra-report");
  const compare = harness.getWorker("shadow-infra-compare");
  const bridge = harness.getWorker("shadow-infra-bridge");
  await report.applyD1Migrations("DB");
  const through = async (path: string, body: Uint8Array<ArrayBuffer> | string): Promise<Buffer> => {
    const response = await bridge.fetch(`http://bridge/${path}`, { method: "POST", body });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const registry: Far["registry"] = (host, method, args) => through(`registry/${host}/${method}`, args);
  const lease: Far["lease"] = async (target, host) => void (await registry(host, "lease", JSON.stringify([target])));
  return {
    async register(target, host) {
      const response = await report.fetch(`http://localhost/api/deployments/${target.deploymentId}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${SERVICE_TOKEN}`, "content-type": "application/json" },
        body: JSON.stringify(registration(target, host)),
      });
      if (!response.ok) throw new Error(`registration: ${response.status} ${await response.text()}`);
      await lease(target, host);
    },
    lease,
    release: async (id, host) => void (await registry(host, "release", JSON.stringify([id]))),
    registry,
    queue: async (message) => void (await through("queue", new Uint8Array(message))),
    store: async (key, bytes) => void (await through(`bucket/${encodeURIComponent(key)}`, new Uint8Array(bytes))),
    async breakDatabase(mode) {
      for (const worker of [report, compare]) await (await worker.fetch(`${CONTROL_URL}/${mode}`)).text();
    },
    async ledger(id) {
      const response = await report.fetch(`http://localhost/api/deployments/${id}/ledger`);
      return LedgerSchema.parse(await response.json());
    },
    counters: async (id, host) => {
      const answer = await registry(host, "counters", JSON.stringify([id]));
      // The registry object answers in this shape.
      return JSON.parse(answer.toString()) as HostCounters;
    },
    close: () => harness.close(),
  };
}

function registration({ deploymentId, repoId, shadowOrigin, rate, methods }: MirrorTarget, host: string) {
  const [, pull = "1", headSha = ""] = deploymentId.split("-");
  return {
    repository: { id: repoId, fullName: "acme/shop" },
    pull: { number: Number(pull), title: host, url: null, branch: "chaos" },
    headSha,
    hosts: [host],
    shadowOrigin,
    rate,
    methods,
  };
}

/** A Worker's own configuration with the entry that wraps it. */
function wrapped(file: string, entry: string, vars: Readonly<Record<string, string>>) {
  // The wrangler files are checked by tests of their own; only these fields are touched.
  const config = parse(readFileSync(join(ROOT, file), "utf8")) as unknown as Config;
  const { env: _, vars: own, d1_databases = [], ...rest } = config;
  return {
    ...rest,
    main: `test/chaos/rig/far/${entry}.mjs`,
    vars: { ...own, ...vars },
    d1_databases: d1_databases.map((database) => ({
      ...database,
      migrations_dir: join(dirname(join(ROOT, file)), database.migrations_dir),
    })),
  };
}

interface Config {
  readonly name: string;
  readonly vars: Readonly<Record<string, string>>;
  readonly d1_databases?: readonly { readonly binding: string; readonly migrations_dir: string }[];
  readonly env?: unknown;
}

const BRIDGE = {
  name: "shadow-infra-bridge",
  main: "test/chaos/rig/far/bridge.mjs",
  compatibility_date: "2026-11-01",
  durable_objects: { bindings: [{ name: "REGISTRY", class_name: "Registry", script_name: "shadow-infra-report" }] },
  queues: { producers: [{ binding: "PAIR_QUEUE", queue: "shadow-infra-pairs" }] },
  r2_buckets: [{ binding: "BODIES", bucket_name: "shadow-infra-bodies" }],
};
