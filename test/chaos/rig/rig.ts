/**
 * The processes of a chaos run: the tee alone in its workerd | a workerd with mirroring off | production and shadow | everything
 * behind the tee; and in the runner the wires between them. Apart from the cells, which only break things and send requests.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Command, killAll, type Running, startProcess, stopAll } from "../../../infra/local/processes.ts";
import { type Bundle, bundle } from "../../bench/bundle.ts";
import { ROOT } from "../../layout/project-tree.ts";
import { freePort } from "../../servers/free-port.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { breakShadow, type Counts, counts } from "./control.ts";
import { type Far, startFar } from "./far.ts";
import type { Mode } from "./faulty.ts";
import { startWires, type Wires } from "./wires.ts";
import { controlConfig, type Ports, type Process, teeConfig } from "./workerd-config.ts";

const WORKERD = join(ROOT, "node_modules", "workerd", "bin", "workerd");
const CONTROL_HOST = "chaos.control";

/** What can be broken. `own` is the tee's own code. */
export const PARTS = ["shadow", "queue", "database", "registry", "model", "own"] as const;
export type Part = (typeof PARTS)[number];

export interface Rig {
  readonly ports: Ports;
  readonly shadowUrl: string;
  readonly far: Far;
  readonly wires: Wires;
  /** Breaks one part, or mends it by `none`. */
  set(part: Part, mode: Mode): Promise<void>;
  counts(): Promise<Counts>;
  /** The tee's process; another one after `restartTee`. */
  pid(): number;
  /** The process with mirroring off. */
  readonly controlPid: number;
  /** kill -9, as an isolate that is evicted, and a new one. */
  restartTee(): Promise<void>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Starts everything. What was started is ended when this fails. */
export async function startRig({ say, signal }: RigOptions): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "shadow-infra-chaos-"));
  const ends: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const end = async (): Promise<void> => {
    for (const one of ends.splice(0).toReversed()) await one().catch(() => undefined);
  };
  try {
    return await started({ folder, say, signal, ends, end });
  } catch (error) {
    await end();
    throw error;
  }
}

interface Starting extends RigOptions {
  readonly folder: string;
  readonly ends: (() => Promise<unknown>)[];
  readonly end: () => Promise<void>;
}

async function started({ folder, say, signal, ends, end }: Starting): Promise<Rig> {
  const start = (command: Command): Running => {
    signal.throwIfAborted();
    const one = startProcess(command);
    ends.push(() => stopAll([one]));
    return one;
  };
  say("Building the tee");
  const bundles = await built(folder, start);
  say("Starting everything behind it");
  const behind = Promise.withResolvers<Far>();
  const wires = await startWires(behind.promise);
  ends.push(() => wires.close());
  const far = await startFar(`http://127.0.0.1:${wires.model.port}`);
  behind.resolve(far);
  ends.push(() => far.close());
  const shadowPort = await freePort();
  const controlPort = await freePort();
  const ports: Ports = {
    prod: await freePort(),
    tee: await freePort(),
    off: await freePort(),
    passthrough: await freePort(),
    far: wires.registry.port,
    queue: wires.queue.port,
    bucket: wires.bucket.port,
  };
  say("Starting production, shadow and tee");
  const originsFile = join(import.meta.dirname, "origins.ts");
  const args = ["--no-warnings", originsFile, ...[ports.prod, shadowPort, controlPort].map(String)];
  start(commandOf(folder, "origins", { program: process.execPath, args }));
  const workerd = (title: string, text: string): Running => {
    const file = join(folder, `${title}.capnp`);
    writeFileSync(file, text);
    return start(commandOf(folder, title, { program: WORKERD, args: ["serve", file] }));
  };
  const both: Process = { ports, bundles, folder };
  const off = workerd("off", controlConfig(both));
  let tee = workerd("tee", teeConfig(both));
  for (const port of [ports.prod, controlPort, ports.off, ports.passthrough, ports.tee]) await answers(port);
  const parts: Readonly<Record<Part, (mode: Mode) => Promise<unknown>>> = {
    shadow: (mode) => breakShadow(controlPort, mode),
    queue: (mode) => Promise.all([wires.queue.set(mode), wires.bucket.set(mode)]),
    database: (mode) => far.breakDatabase(mode),
    registry: (mode) => wires.registry.set(mode),
    model: (mode) => wires.model.set(mode),
    own: (mode) => breakOwnCode(ports.tee, mode),
  };
  return {
    ports,
    shadowUrl: `http://127.0.0.1:${shadowPort}`,
    far,
    wires,
    set: async (part, mode) => void (await parts[part](mode)),
    counts: () => counts(controlPort),
    pid: () => tee.child.pid ?? 0,
    controlPid: off.child.pid ?? 0,
    async restartTee() {
      killAll([tee]);
      await tee.ended;
      tee = workerd("tee", teeConfig(both));
      await answers(ports.tee);
    },
    close: end,
  };
}

/** The tee as a deployment builds it, with the switch in front. */
async function built(folder: string, start: (command: Command) => Running): Promise<Process["bundles"]> {
  const build = (config: string): Promise<Bundle> => bundle(config, folder, start);
  return {
    tee: await build("test/chaos/rig/tee/wrangler.toml"),
    passthrough: await build("test/bench/passthrough/wrangler.toml"),
    registryFile: join(import.meta.dirname, "registry", "index.mjs"),
  };
}

function commandOf(folder: string, title: string, program: Pick<Command, "program" | "args">): Command {
  return { title, ...program, cwd: ROOT, env: process.env, logFile: join(folder, `${title}.log`) };
}

async function breakOwnCode(port: number, mode: Mode): Promise<void> {
  await asked(port, `/${mode}`, CONTROL_HOST);
}

async function answers(port: number): Promise<void> {
  const isThere = () =>
    asked(port, "/", "up.test").then(
      () => true,
      () => undefined,
    );
  await waitFor(isThere, `an answer on port ${port}`, 30_000);
}

/** One request whose answer does not matter. */
function asked(port: number, path: string, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = get({ host: "127.0.0.1", port, path, headers: { host }, agent: false }, (incoming) => {
      incoming
        .resume()
        .on("error", reject)
        .on("end", () => resolve());
    });
    outgoing.on("error", reject);
  });
}
