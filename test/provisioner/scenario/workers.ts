/**
 * All Workers in the real runtime behind a production app of the test, and an address for the report Worker: the test harness gives
 * one to the tee alone, and the provisioner calls the report over HTTP.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createTestHarness } from "wrangler";
import type { z } from "zod";
import { watchedConfig } from "../../limits/configs.ts";
import { listen } from "../../servers/http.ts";

export const SERVICE_TOKEN = "token-of-the-scenario";

export interface Workers {
  /** The host by which production's own app is asked. */
  readonly productionHost: string;
  /** Where the report Worker answers, for whoever calls it over HTTP. */
  readonly reportOrigin: string;
  /** A client's request for a production host, through the tee; answers its status. */
  readonly client: (host: string, path: string) => Promise<number>;
  /** Reads the report API and checks the answer against its schema. */
  readonly read: <T>(path: string, schema: z.ZodType<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export async function startWorkers(): Promise<Workers> {
  // As the local start has it: traces are wrangler's, and would keep every address on disk.
  process.env["X_LOCAL_OBSERVABILITY"] = "false";
  // A line for each batch of the queue would bury what the scenario itself says.
  process.env["WRANGLER_LOG"] ??= "error";
  const prod = await listen(production);
  const harness = createTestHarness({
    workers: [
      {
        configPath: watchedConfig("tee", "wrangler.toml"),
        vars: { SHADOW_INFRA_PROD_URL: prod.url },
        secrets: { SHADOW_INFRA_REDACTION_KEY: "a key for tests only" },
      },
      {
        configPath: watchedConfig("compare", "workers/compare/wrangler.toml"),
        vars: { SHADOW_INFRA_SAFE_BODY_SHARE: "1" },
      },
      {
        configPath: watchedConfig("report", "workers/report/wrangler.toml"),
        vars: { SHADOW_INFRA_MODE: "local" },
        secrets: { SHADOW_INFRA_SERVICE_TOKEN: SERVICE_TOKEN },
      },
    ],
  });
  await harness.listen();
  const report = harness.getWorker("shadow-infra-report");
  await report.applyD1Migrations("DB");
  const bridge = await listen((incoming, outgoing) => {
    void pass(incoming, outgoing, async (path, init) => report.fetch(`http://localhost${path}`, init));
  });
  return {
    productionHost: new URL(prod.url).host,
    reportOrigin: bridge.url,
    client: async (host, path) => {
      const answer = await harness.fetch(`http://${host}${path}`);
      await answer.arrayBuffer();
      return answer.status;
    },
    read: async (path, schema) => {
      const response = await report.fetch(`http://localhost${path}`);
      if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
      return schema.parse(await response.json());
    },
    close: async () => {
      await bridge.close();
      await harness.close();
      await prod.close();
    },
  };
}

/** The shop as it is in production: version 0. */
function production(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ version: "0", greeting: "hello from production", path: request.url }));
}

interface Init {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}
interface Answer {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly text: () => Promise<string>;
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fetch: (path: string, init: Init) => Promise<Answer>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = "GET", url = "/" } = incoming;
  const { authorization = "", "content-type": type = "application/json" } = incoming.headers;
  const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks).toString() };
  try {
    const answer = await fetch(url, { method, headers: { authorization, "content-type": type }, ...body });
    outgoing.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
    outgoing.end(await answer.text());
  } catch {
    outgoing.destroy();
  }
}
