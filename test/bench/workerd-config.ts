/**
 * Writes the configuration of a workerd process (https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp).
 * workerd itself and not `wrangler dev`: that puts a proxy in front and simulates queue and bucket inside the measured
 * process. Here, as at the edge, a queue is a call that leaves the process.
 */
import { relative } from "node:path";
import type { Bundle } from "./bundle.ts";

export interface Service {
  readonly bundle: Bundle;
  /** On loopback; undefined for a Worker that only others call. */
  readonly port?: number;
}

export interface ProcessConfig {
  readonly services: readonly Service[];
  /** Where every request goes that a Worker sends on, whatever its host, and the queue's messages. */
  readonly outsidePort: number;
  readonly secret: string;
  /** Where the configuration will lie: modules are named from there. */
  readonly folder: string;
  /** Existing folder for the Durable Objects' storage. */
  readonly storage: string;
}

const REGISTRY_OWNER = "shadow-infra-report";

export function workerdConfig(process: ProcessConfig): string {
  const { services, outsidePort, storage } = process;
  const listening = services.filter(({ port }) => port !== undefined);
  const list = (items: readonly string[]): string => `[\n${items.map((item) => `    ${item},\n`).join("")}  ]`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = ${list([
    `(name = "outside", external = (address = "127.0.0.1:${outsidePort}", http = ()))`,
    `(name = "storage", disk = (path = ${quoted(storage)}, writable = true))`,
    ...services.map(({ bundle }) => `(name = ${quoted(bundle.config.name)}, worker = ${worker(bundle, process)})`),
  ])},
  sockets = ${list(
    listening.map(
      ({ bundle: { config }, port }) =>
        `(name = ${quoted(config.name)}, address = "127.0.0.1:${port}", http = (), service = ${quoted(config.name)})`,
    ),
  )},
);
`;
}

function worker({ config, moduleFile }: Bundle, { secret, folder }: ProcessConfig): string {
  const parts = [
    `modules = [(name = "index.js", esModule = embed ${quoted(relative(folder, moduleFile))})]`,
    `compatibilityDate = ${quoted(config.compatibility_date)}`,
    `compatibilityFlags = [${config.compatibility_flags.map(quoted).join(", ")}]`,
    `bindings = [${bindings(config, secret).join(", ")}]`,
    `globalOutbound = "outside"`,
  ];
  if (config.name === REGISTRY_OWNER) {
    parts.push(`durableObjectNamespaces = [(className = "Registry", uniqueKey = "Registry", enableSql = true)]`);
    parts.push(`durableObjectStorage = (localDisk = "storage")`);
  }
  return `(${parts.join(", ")})`;
}

function bindings(config: Bundle["config"], secret: string): readonly string[] {
  const text = ([name, value]: readonly [string, string]): string =>
    `(name = ${quoted(name)}, text = ${quoted(value)})`;
  return [
    ...Object.entries(config.vars).map(text),
    ...config.secrets.required.map((name) => text([name, secret])),
    // The outbox is the local start's; a deployed tee has none.
    ...config.durable_objects.bindings
      .filter(({ name }) => name !== "OUTBOX")
      .map(
        ({ name, class_name }) =>
          `(name = ${quoted(name)}, durableObjectNamespace = (className = ${quoted(class_name)}, serviceName = "${REGISTRY_OWNER}"))`,
      ),
    ...config.queues.producers.map(({ binding }) => `(name = ${quoted(binding)}, queue = "outside")`),
    ...config.d1_databases.map(
      ({ binding }) =>
        `(name = ${quoted(binding)}, wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = "outside")]))`,
    ),
    // Nothing here is large enough for the bucket.
    ...config.r2_buckets.map(({ binding }) => `(name = ${quoted(binding)}, r2Bucket = "outside")`),
  ];
}

/** Cap'n Proto's texts are quoted like JSON's. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
