/** The tee and the registry in the real runtime, with a consumer that remembers. One per test file. */
import { createTestHarness } from "wrangler";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { InlineMessage, StoredMessage } from "../../../core/wire/message.ts";
import type { RegistryCalls } from "../../../core/wire/sync.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { registryOver } from "../registry/calls.ts";

type Message = InlineMessage | StoredMessage;

export interface TeeStack {
  readonly url: URL;
  readonly harness: ReturnType<typeof createTestHarness>;
  registry(host: string): RegistryCalls;
  messages(): Promise<readonly Message[]>;
  /** Waits until a pair to that path has arrived at the consumer. */
  pair(path: string): Promise<CapturedPair>;
  /** The message that lies in the bucket under a key. */
  stored(key: string): Promise<InlineMessage>;
  close(): Promise<void>;
}

/** Starts the Workers with `prodUrl` as production. A host is made for each test, so that no test sees another's table. */
export async function startTee(prodUrl: string): Promise<TeeStack> {
  const vars = { SHADOW_INFRA_PROD_URL: prodUrl };
  const secrets = {
    SHADOW_INFRA_REDACTION_KEY: "test-redaction-key",
    SHADOW_INFRA_SERVICE_TOKEN: "test-service-token",
  };
  const harness = createTestHarness({
    workers: [
      { configPath: "wrangler.toml", vars, secrets },
      { configPath: "workers/report/wrangler.toml", secrets },
      { config: CONSUMER },
    ],
  });
  const { url } = await harness.listen();
  const consumer = harness.getWorker("shadow-infra-compare");
  // The consumer answers with what it decoded from the queue.
  const messages = async () => (await (await consumer.fetch("http://consumer/")).json()) as Message[];
  const call = async (host: string, method: string, ...args: readonly unknown[]) => {
    const response = await consumer.fetch(`http://consumer/${host}/${method}`, {
      method: "POST",
      body: JSON.stringify(args),
    });
    if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
    return response.json();
  };
  return {
    url,
    harness,
    registry: (host) => registryOver((method, ...args) => call(host, method, ...args)),
    messages,
    pair: (path) => waitFor(async () => findPair(await messages(), path), `a pair of ${path}`),
    // The tee wrote it in this shape.
    stored: async (key) => (await (await consumer.fetch(`http://consumer/?key=${key}`)).json()) as InlineMessage,
    close: () => harness.close(),
  };
}

const CONSUMER = {
  name: "shadow-infra-compare",
  main: "test/workers/tee/consumer/index.ts",
  compatibility_date: "2026-11-01",
  durable_objects: { bindings: [{ name: "REGISTRY", class_name: "Registry", script_name: "shadow-infra-report" }] },
  r2_buckets: [{ binding: "BODIES", bucket_name: "shadow-infra-bodies" }],
  queues: { consumers: [{ queue: "shadow-infra-pairs", max_batch_size: 10, max_batch_timeout: 0 }] },
};

function findPair(messages: readonly Message[], path: string): CapturedPair | undefined {
  return messages
    .flatMap((message) => ("pairs" in message ? message.pairs : []))
    .find((one) => one.request.path === path);
}
