/** The report Worker in the real runtime, from its real wrangler file; with the compare Worker where a test needs it. */
import type { D1Database, R2Bucket } from "@cloudflare/workers-types";
import { createTestHarness } from "wrangler";
import type { RegistryCalls } from "../../../core/wire/sync.ts";

export const SERVICE_TOKEN = "a token for tests only";

/** The bindings tests seed. */
export interface Stores {
  readonly DB: D1Database;
  readonly BODIES: R2Bucket;
  readonly REGISTRY: { getByName(name: string): RegistryCalls };
}

export interface ReportWorker {
  /** `path` on http://localhost, or a whole URL. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The same with the service token and a JSON body. */
  service(method: string, path: string, body?: unknown): Promise<Response>;
  /** The registry object of a host, called as the tee calls it. */
  registry(host: string): RegistryCalls;
  /** Lets the clock strike. */
  scheduled(cron: string): Promise<unknown>;
  readonly env: Stores;
  close(): Promise<void>;
}

interface Options {
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** false: the database is as empty as before the first migration. */
  readonly migrated?: boolean;
  /** Starts the compare Worker beside it. Without, the binding leads back to the report Worker, which judges nothing. */
  readonly compare?: boolean;
}

/** Local mode with a service token, unless the options say otherwise. */
export async function startReportWorker(options: Options = {}): Promise<ReportWorker> {
  const harness = createTestHarness({
    workers: [
      {
        configPath: "workers/report/wrangler.toml",
        vars: { SHADOW_INFRA_MODE: "local", ...options.vars },
        secrets: { SHADOW_INFRA_SERVICE_TOKEN: SERVICE_TOKEN, ...options.secrets },
        bindingOverrides: options.compare === true ? {} : { COMPARE: "shadow-infra-report" },
      },
      ...(options.compare === true ? [{ configPath: "workers/compare/wrangler.toml" }] : []),
    ],
  });
  await harness.listen();
  const worker = harness.getWorker<Stores>("shadow-infra-report");
  if (options.migrated !== false) await worker.applyD1Migrations("DB");
  const env = await worker.getEnv();
  const fetch = (path: string, init?: RequestInit): Promise<Response> =>
    // The harness' Request and Response are undici's, the same at run time as Node's own.
    worker.fetch(new URL(path, "http://localhost"), init as never);
  const service = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(path, {
      method,
      headers: { authorization: `Bearer ${SERVICE_TOKEN}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const registry = (host: string) => env.REGISTRY.getByName(host);
  const scheduled = (cron: string) => worker.scheduled({ cron });
  return { fetch, service, registry, scheduled, env, close: () => harness.close() };
}
