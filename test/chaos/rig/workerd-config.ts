/**
 * The configuration of the two workerd processes of the rig. In the tee's: the tee, and a stand-in for the far end of its registry
 * binding, which hands calls on. In the other: the same tee without any target, and the Worker that only hands on.
 */
import { relative } from "node:path";
import type { Bundle } from "../../bench/bundle.ts";

const NETWORK = `(name = "network", network = (allow = ["private", "public"]))`;

export interface Ports {
  readonly prod: number;
  readonly tee: number;
  readonly off: number;
  readonly passthrough: number;
  /** The far end of the registry object. */
  readonly far: number;
  readonly queue: number;
  readonly bucket: number;
}

export interface Bundles {
  readonly tee: Bundle;
  readonly passthrough: Bundle;
  /** The stand-in of the registry binding: a file, not bundled. */
  readonly registryFile: string;
}

export interface Process {
  readonly ports: Ports;
  readonly bundles: Bundles;
  /** Where the configuration will lie: modules are named from there. */
  readonly folder: string;
}

export function teeConfig(process: Process): string {
  const { ports } = process;
  return config(
    [
      NETWORK,
      external("queue", ports.queue),
      external("bucket", ports.bucket),
      `(name = "registry", worker = ${registryWorker(process, `http://127.0.0.1:${ports.far}`)})`,
      `(name = "tee", worker = ${teeWorker(process)})`,
    ],
    [socket("tee", ports.tee)],
  );
}

/** Mirroring off. Its registry cannot be reached, so there is never a table. */
export function controlConfig(process: Process): string {
  const { ports, bundles, folder } = process;
  const { moduleFile, config: of } = bundles.passthrough;
  const passthrough = [
    `modules = [(name = "index.js", esModule = embed ${quoted(relative(folder, moduleFile))})]`,
    `compatibilityDate = ${quoted(of.compatibility_date)}`,
    `bindings = []`,
    `globalOutbound = "prod"`,
  ];
  return config(
    [
      NETWORK,
      external("prod", ports.prod),
      external("queue", 1),
      external("bucket", 1),
      `(name = "registry", worker = ${registryWorker(process, "http://127.0.0.1:1")})`,
      `(name = "tee", worker = ${teeWorker(process)})`,
      `(name = "passthrough", worker = (${passthrough.join(", ")}))`,
    ],
    [socket("tee", ports.off), socket("passthrough", ports.passthrough)],
  );
}

function teeWorker({ ports, bundles, folder }: Process): string {
  const { moduleFile, config: of } = bundles.tee;
  const parts = [
    `modules = [(name = "index.js", esModule = embed ${quoted(relative(folder, moduleFile))})]`,
    `compatibilityDate = ${quoted(of.compatibility_date)}`,
    `compatibilityFlags = [${of.compatibility_flags.map(quoted).join(", ")}]`,
    `bindings = [${[
      text("SHADOW_INFRA_PROD_URL", `http://127.0.0.1:${ports.prod}`),
      text("SHADOW_INFRA_REDACTION_KEY", "a key for tests only"),
      `(name = "REGISTRY", durableObjectNamespace = (className = "Registry", serviceName = "registry"))`,
      `(name = "PAIR_QUEUE", queue = "queue")`,
      `(name = "BODIES", r2Bucket = "bucket")`,
    ].join(", ")}]`,
    `globalOutbound = "network"`,
  ];
  return `(${parts.join(", ")})`;
}

function registryWorker({ bundles, folder }: Process, far: string): string {
  const parts = [
    `modules = [(name = "index.js", esModule = embed ${quoted(relative(folder, bundles.registryFile))})]`,
    `compatibilityDate = "2026-11-01"`,
    `bindings = [${text("FAR", far)}]`,
    `globalOutbound = "network"`,
    `durableObjectNamespaces = [(className = "Registry", uniqueKey = "Registry", enableSql = true)]`,
    `durableObjectStorage = (inMemory = void)`,
  ];
  return `(${parts.join(", ")})`;
}

function external(name: string, port: number): string {
  return `(name = ${quoted(name)}, external = (address = "127.0.0.1:${port}", http = ()))`;
}

function socket(service: string, port: number): string {
  return `(name = "${service}", address = "127.0.0.1:${port}", http = (), service = "${service}")`;
}

function text(name: string, value: string): string {
  return `(name = ${quoted(name)}, text = ${quoted(value)})`;
}

function config(services: readonly string[], sockets: readonly string[]): string {
  const list = (items: readonly string[]): string => `[\n${items.map((item) => `    ${item},\n`).join("")}  ]`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = ${list(services)},
  sockets = ${list(sockets)},
);
`;
}

/** Cap'n Proto's texts are quoted like JSON's. */
function quoted(value: string): string {
  return JSON.stringify(value);
}
