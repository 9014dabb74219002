/**
 * The registry objects in the real runtime, hosted by the report Worker from its real wrangler file, with its database.
 * They are called from a Worker, as the tee does: a call from Node keeps the object alive, and it could not be evicted.
 */
import type { D1Database, DurableObjectNamespace } from "@cloudflare/workers-types";
import { createTestHarness } from "wrangler";
import type { DeploymentCounters, EqualRoute, RegistryCalls, SyncReport } from "../../../core/wire/sync.ts";
import { DEPLOYMENT_ID, target } from "../tee/target.ts";
import { counters, reportOf } from "../tee-report.ts";
import { registryOver } from "./calls.ts";

const WORKER = "shadow-infra-report";

interface Bindings {
  readonly DB: D1Database;
  /** Not called from here: see above. */
  readonly REGISTRY: DurableObjectNamespace;
}

/** It calls the registry object of a host with the method and arguments it is sent. */
const CALLER = {
  name: "shadow-infra-compare",
  main: "test/workers/tee/consumer/index.ts",
  compatibility_date: "2026-11-01",
  durable_objects: { bindings: [{ name: "REGISTRY", class_name: "Registry", script_name: WORKER }] },
};

export interface Registries {
  of(host: string): RegistryCalls;
  /** Runs SQL inside the object: to let time pass, and to look. */
  sql(host: string, query: string): Promise<readonly unknown[]>;
  /** Ends the running object; the next call starts it again from its storage. */
  evict(host: string): Promise<void>;
  migrate(): Promise<void>;
  readonly db: D1Database;
  close(): Promise<void>;
}

export async function startRegistries(vars: Readonly<Record<string, string>> = {}): Promise<Registries> {
  const harness = createTestHarness({
    workers: [
      {
        configPath: "workers/report/wrangler.toml",
        vars,
        secrets: { SHADOW_INFRA_SERVICE_TOKEN: "a token for tests only" },
      },
      { config: CALLER },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker<Bindings>(WORKER);
  const caller = harness.getWorker(CALLER.name);
  const call = async (host: string, method: string, ...args: readonly unknown[]) => {
    const response = await caller.fetch(`http://caller/${host}/${method}`, {
      method: "POST",
      body: JSON.stringify(args),
    });
    if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
    return response.json();
  };
  const env = await worker.getEnv();
  return {
    of: (host) => registryOver((method, ...args) => call(host, method, ...args)),
    sql: async (host, query) => (await worker.getDurableObjectStorage("REGISTRY", { name: host })).exec(query),
    evict: (host) => worker.evictDurableObject("REGISTRY", { name: host }),
    migrate: () => worker.applyD1Migrations("DB"),
    db: env.DB,
    close: () => harness.close(),
  };
}

/** The registry of a host that has leased one shadow. */
export async function leased(registries: Registries, host: string): Promise<RegistryCalls> {
  const registry = registries.of(host);
  await registry.lease(target("http://one.test"));
  return registry;
}

/** A report of one deployment. */
export function report(
  isolateId: string,
  sequence: number,
  values: Partial<DeploymentCounters> = {},
  rest: Partial<SyncReport> = {},
): SyncReport {
  const deployments = { [DEPLOYMENT_ID]: counters(values) };
  return reportOf(isolateId, { sequence, deployments, ...rest });
}

export function equalRoute(pairs: number, changes: Partial<EqualRoute> = {}): EqualRoute {
  const buckets = { "100": pairs };
  return { pairs, secondAnswers: 0, lastAt: 1_000, prod: buckets, shadow: buckets, control: {}, ...changes };
}
