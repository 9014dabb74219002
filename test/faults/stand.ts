/** One workerd with the stage in it, the origins behind it, and the calls of its control port. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import type { SyncReport } from "../../core/wire/sync.ts";
import { startProcess, stopAll } from "../../infra/local/processes.ts";
import { ROOT } from "../layout/project-tree.ts";
import { freePort } from "../servers/free-port.ts";
import { waitFor } from "../servers/wait-for.ts";
import { bundleStage } from "./bundle.ts";
import { closeClient } from "./client.ts";
import type { Statement } from "./instrument.ts";
import { type Origins, startOrigins } from "./origins.ts";
import type { Kind } from "./scenarios.ts";
import { CLOSED_HOST, TARGETS } from "./targets.ts";

const WORKERD = join(ROOT, "node_modules", "workerd", "bin", "workerd");

/** Files that live in memory, where there are any: thousands of tees sync, and nothing of it must last. */
const MEMORY = "/dev/shm";

/** Leases hold for 60 s. */
const RENEWAL_MS = 20_000;

/** Which faults a new tee has: before these statements, each the first time or `always`. */
export interface Creation {
  readonly id: string;
  readonly kind: Kind;
  readonly faults: readonly number[];
  readonly always: boolean;
  readonly warm: boolean;
}

/** What a tee did while its fault was armed. */
export interface Outcome {
  /** Statements that ran. */
  readonly hit: readonly number[];
  /** Requests that only `passThroughOnException` brought to production. */
  readonly netted: number;
}

export interface Stand {
  readonly port: number;
  readonly origins: Origins;
  readonly statements: readonly Statement[];
  create(creation: Creation): Promise<void>;
  outcome(id: string): Promise<Outcome>;
  /** What the tee has counted in all, without its fault; null when it never got through to the registry. */
  report(id: string): Promise<{ readonly report: SyncReport | null }>;
  /** Lets the tee report with its fault in place; one more request. */
  late(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

export async function startStand(): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  const origins = await startOrigins();
  const { statements } = await bundleStage(folder);
  const [port, controlPort] = [await freePort(), await freePort()];
  const storage = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : folder, "faults-storage-"));
  const configFile = join(folder, "stage.capnp");
  writeFileSync(configFile, config({ port, controlPort, outside: origins.port, storage }));
  const workerd = startProcess({
    title: "The stage",
    program: WORKERD,
    args: ["serve", configFile],
    cwd: folder,
    env: process.env,
    logFile: join(folder, "stage.log"),
  });
  const call = async (name: string, args: object): Promise<unknown> => {
    const body = JSON.stringify({ call: name, ...args });
    const response = await fetch(`http://127.0.0.1:${controlPort}/`, { method: "POST", body });
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const lease = (): Promise<unknown> => call("lease", { targets: TARGETS });
  const isUp = (): Promise<true | undefined> =>
    lease().then(
      () => true,
      () => undefined,
    );
  await waitFor(isUp, "the stage", 20_000);
  await call("kill", { host: CLOSED_HOST });
  // One that is late shows as requests that are not mirrored.
  const renewal = setInterval(() => void lease().catch(() => undefined), RENEWAL_MS);
  return {
    port,
    origins,
    statements,
    create: async (creation) => void (await call("create", creation)),
    // The stage answers in these shapes.
    outcome: async (id) => (await call("outcome", { id })) as Outcome,
    report: async (id) => (await call("report", { id })) as Awaited<ReturnType<Stand["report"]>>,
    late: async (id) => void (await call("late", { id })),
    remove: async (id) => void (await call("remove", { id })),
    close: async () => {
      clearInterval(renewal);
      closeClient();
      await stopAll([workerd]);
      await origins.close();
      for (const made of [folder, storage]) rmSync(made, { recursive: true, force: true });
    },
  };
}

interface Places {
  readonly port: number;
  readonly controlPort: number;
  readonly outside: number;
  readonly storage: string;
}

/** With the tee's own compatibility date. Whatever host is asked for, the origins answer. */
function config({ port, controlPort, outside, storage }: Places): string {
  const toml = parse(readFileSync(join(ROOT, "wrangler.toml"), "utf8"));
  const worker = [
    `modules = [(name = "stage.js", esModule = embed "stage.js")]`,
    `compatibilityDate = "${z.string().parse(toml["compatibility_date"])}"`,
    `compatibilityFlags = ["nodejs_compat"]`,
    `bindings = [(name = "REGISTRY", durableObjectNamespace = "Registry")]`,
    `durableObjectNamespaces = [(className = "Registry", uniqueKey = "Registry", enableSql = true)]`,
    `durableObjectStorage = (localDisk = "storage")`,
    `globalOutbound = "outside"`,
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "outside", external = (address = "127.0.0.1:${outside}", http = ())),
    (name = "storage", disk = (path = ${JSON.stringify(storage)}, writable = true)),
    (name = "stage", worker = (${worker.join(", ")})),
  ],
  sockets = [
    (name = "clients", address = "127.0.0.1:${port}", http = (), service = "stage"),
    (name = "control", address = "127.0.0.1:${controlPort}", http = (), service = (name = "stage", entrypoint = "control")),
  ],
);
`;
}
