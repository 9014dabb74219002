/**
 * All Workers in the real runtime, from the real wrangler files, between a prod and a shadow that a test serves over HTTP.
 * Plays the provisioner's part: registers one deployment and keeps its lease.
 */
import type { RequestListener } from "node:http";
import { createTestHarness, type TestHarness } from "wrangler";
import type { z } from "zod";
import type { DeploymentPutBody } from "../../core/wire/api/deployments.ts";
import { DriftListSchema } from "../../core/wire/api/drifts.ts";
import { type Ledger, LedgerSchema } from "../../core/wire/api/ledger.ts";
import { LEASE_RENEWAL_MS } from "../../core/wire/sync.ts";
import { violationsOf, watchedBy, watchedConfig } from "../limits/configs.ts";
import type { Watched } from "../limits/limits.ts";
import { listen } from "../servers/http.ts";

export const DEPLOYMENT_ID = "7-12-0123456789ab";
export const HOST = "shop.test";
const SERVICE_TOKEN = "token-of-the-flow-test";
const POLL_MS = 250;

export interface ClientRequest {
  /** The production host it asks; the stack's own by default. */
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface Stack {
  /** For tests that look behind the API: logs, bindings, the messages that the limits shim keeps. */
  readonly harness: TestHarness;
  /** The tee's own address, for requests that only a socket can write. */
  readonly url: URL;
  /** Sends a request of a client through the tee. */
  client(path: string, init?: ClientRequest): ReturnType<TestHarness["fetch"]>;
  /** Reads the report API and checks the answer against its schema. */
  read<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** Waits until every sampled request has reached its end state, and there are `sampled` of them. */
  accounted(sampled: number, deploymentId?: string): Promise<Ledger>;
  /** Registers one more deployment and keeps its lease until it is abandoned. */
  register(deployment: DeploymentPutBody): Promise<Registered>;
  /** Calls the report API as the provisioner does. */
  service(method: string, path: string, body?: unknown): Promise<void>;
  drifts(): Promise<z.infer<typeof DriftListSchema>["items"]>;
  /** What the limits shim of one Worker has seen. */
  watched(name: "tee" | "compare" | "report"): Promise<Watched>;
  /** Fails when anything was done that production would have refused. */
  close(): Promise<void>;
}

/** A deployment whose lease the stack renews. */
export interface Registered {
  readonly id: string;
  /** The provisioner dies: nobody renews the lease any more. */
  abandon(): void;
}

const WORKERS = ["shadow-infra-tee", "shadow-infra-compare", "shadow-infra-report"] as const;

export interface StackOptions {
  readonly prod: RequestListener;
  readonly shadow: RequestListener;
  readonly deployment?: Partial<DeploymentPutBody>;
  /** Vars of the compare Worker, such as a stand-in's address for the model. */
  readonly compareVars?: Record<string, string>;
  readonly compareSecrets?: Record<string, string>;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  // As the local start has it: traces are wrangler's, and would keep every address on disk.
  process.env["X_LOCAL_OBSERVABILITY"] = "false";
  const [prod, shadow] = await Promise.all([listen(options.prod), listen(options.shadow)]);
  const harness = createTestHarness({
    workers: [
      {
        configPath: watchedConfig("tee", "wrangler.toml"),
        vars: { SHADOW_INFRA_PROD_URL: prod.url },
        secrets: { SHADOW_INFRA_REDACTION_KEY: "a key for tests only" },
      },
      {
        configPath: watchedConfig("compare", "workers/compare/wrangler.toml"),
        vars: { SHADOW_INFRA_SAFE_BODY_SHARE: "1", ...options.compareVars },
        secrets: options.compareSecrets ?? {},
      },
      {
        configPath: watchedConfig("report", "workers/report/wrangler.toml"),
        vars: { SHADOW_INFRA_MODE: "local" },
        secrets: { SHADOW_INFRA_SERVICE_TOKEN: SERVICE_TOKEN },
      },
    ],
  });
  const { url } = await harness.listen();
  const report = harness.getWorker("shadow-infra-report");
  await report.applyD1Migrations("DB");

  const service = async (method: string, path: string, body?: unknown): Promise<void> => {
    const response = await report.fetch(`http://localhost${path}`, {
      method,
      headers: { authorization: `Bearer ${SERVICE_TOKEN}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  const renewals: NodeJS.Timeout[] = [];
  const register = async (deployment: DeploymentPutBody): Promise<Registered> => {
    const { repository, pull, headSha } = deployment;
    const id = `${repository.id}-${pull.number}-${headSha.slice(0, 12)}`;
    await service("PUT", `/api/deployments/${id}`, deployment);
    await service("POST", `/api/deployments/${id}/state`, { state: "ready" });
    const renew = (): Promise<void> => service("POST", `/api/deployments/${id}/lease`);
    await renew();
    // A renewal that comes after a close is refused.
    const renewal = setInterval(() => void renew().catch(() => undefined), LEASE_RENEWAL_MS);
    renewals.push(renewal);
    return { id, abandon: () => clearInterval(renewal) };
  };
  await register(deploymentOf({ shadowOrigin: shadow.url, ...options.deployment }));

  const read: Stack["read"] = async (path, schema) => {
    const response = await report.fetch(`http://localhost${path}`);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return schema.parse(await response.json());
  };
  const stack: Stack = {
    harness,
    url,
    client: (path, { host = HOST, ...init } = {}) =>
      harness.fetch(`http://${host}${path}`, { redirect: "manual", ...init }),
    read,
    accounted: (sampled, deploymentId = DEPLOYMENT_ID) =>
      accounted(sampled, () => read(`/api/deployments/${deploymentId}/ledger`, LedgerSchema)),
    register,
    service,
    drifts: async () => (await read(`/api/deployments/${DEPLOYMENT_ID}/drifts`, DriftListSchema)).items,
    watched: (name) => watchedBy(harness, `shadow-infra-${name}`),
    close: async () => {
      for (const renewal of renewals) clearInterval(renewal);
      const refused = await violationsOf(harness, WORKERS);
      await harness.close();
      await Promise.all([prod.close(), shadow.close()]);
      if (refused.length > 0) throw new Error(`production would have refused: ${JSON.stringify(refused)}`);
    },
  };
  return stack;
}

/** A registration with everything at its simplest; what the API fills in by itself may be left out. */
export function deploymentOf(
  changes: Partial<DeploymentPutBody> & Pick<DeploymentPutBody, "shadowOrigin">,
): DeploymentPutBody {
  const simplest = {
    repository: { id: 7, fullName: "acme/shop" },
    pull: { number: 12, title: "Round prices", url: null, branch: "round-prices" },
    headSha: "0123456789ab",
    hosts: [HOST],
    rate: 1,
  };
  return { ...simplest, ...changes };
}

async function accounted(sampled: number, ledger: () => Promise<Ledger>): Promise<Ledger> {
  for (const deadline = Date.now() + 30_000; ; ) {
    const now = await ledger();
    if (now.sampled >= sampled && now.inFlight === 0 && now.unexplained === 0) return now;
    if (Date.now() > deadline) throw new Error(`not accounted for after 30 s: ${JSON.stringify(now)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
