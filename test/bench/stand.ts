/**
 * The processes of the benchmark: origins and queue's far side | the passthrough's workerd | the tee's workerd, which also holds
 * the registry (one call in 5 seconds). Apart from the measuring, which only asks for ports and CPU times.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_MIRROR_SETTINGS, type MirrorTarget } from "../../core/wire/target.ts";
import {
  ChildFailed,
  type Command,
  failureOf,
  type Running,
  startProcess,
  stopAll,
} from "../../infra/local/processes.ts";
import { ROOT } from "../layout/project-tree.ts";
import { freePort } from "../servers/free-port.ts";
import { pause, waitFor } from "../servers/wait-for.ts";
import { type Bundle, type BundleSize, bundle, gzippedBytes } from "./bundle.ts";
import { DIFFERING_SHADOW, EQUAL_SHADOW, hostOf, MIRRORED, PASSTHROUGH } from "./cells.ts";
import { cpuMs } from "./cpu.ts";
import { type Arrived, COUNTS_HOST } from "./origins.ts";
import { type Service, workerdConfig } from "./workerd-config.ts";

const WORKERD = join(ROOT, "node_modules", "workerd", "bin", "workerd");

/** A third of a lease's time, so that one late renewal ends nothing. */
const RENEWAL_MS = 20_000;

export interface Measured {
  readonly port: number;
  /** CPU time so far, milliseconds. */
  cpuMs(): number;
}

export interface Stand {
  readonly bundleSize: BundleSize;
  /** The process that serves a kind of cell. */
  measured(kind: string): Measured;
  arrived(): Promise<Arrived>;
  /** Rejects when a process ends that should run. */
  readonly broken: Promise<never>;
  close(): Promise<void>;
}

/** Builds and starts everything; `say` hears of the steps. What was started is ended when this fails or `signal` is aborted. */
export async function startStand(say: (text: string) => void, signal: AbortSignal): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "shadow-infra-bench-"));
  const running: Running[] = [];
  const start = (command: Command): Running => {
    signal.throwIfAborted();
    const one = startProcess(command);
    running.push(one);
    return one;
  };
  const end = async (): Promise<void> => {
    await stopAll(running);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await started({ folder, start, say, end });
  } catch (error) {
    await end();
    throw error;
  }
}

interface Starting {
  readonly folder: string;
  readonly start: (command: Command) => Running;
  readonly say: (text: string) => void;
  readonly end: () => Promise<void>;
}

async function started({ folder, start, say, end }: Starting): Promise<Stand> {
  say("Building the Workers");
  const build = (file: string): Promise<Bundle> => bundle(file, folder, start);
  const passthrough = await build("test/bench/passthrough/wrangler.toml");
  const tee = await build("wrangler.toml");
  const report = await build("workers/report/wrangler.toml");
  const control = await build("test/bench/control/wrangler.toml");
  say("Starting origins and Workers");
  const ports = { outside: await freePort(), passthrough: await freePort(), tee: await freePort() };
  const controlPort = await freePort();
  const secret = randomBytes(32).toString("base64url");
  const workerd = (title: string, services: readonly Service[]): Running => {
    const storage = join(folder, `${title}-storage`);
    mkdirSync(storage);
    const configFile = join(folder, `${title}.capnp`);
    writeFileSync(configFile, workerdConfig({ services, outsidePort: ports.outside, secret, folder, storage }));
    return start(plain(folder, title, { program: WORKERD, args: ["serve", configFile] }));
  };
  const origins = start(
    plain(folder, "origins", {
      program: process.execPath,
      args: ["--no-warnings", join(import.meta.dirname, "origins.ts"), String(ports.outside)],
    }),
  );
  const first = workerd("passthrough", [{ bundle: passthrough, port: ports.passthrough }]);
  const second = workerd("tee", [
    { bundle: tee, port: ports.tee },
    { bundle: report },
    { bundle: control, port: controlPort },
  ]);
  const closing = { done: false };
  const broken = brokenBy([origins, first, second], closing);
  const lease = (): Promise<unknown> => send(controlPort, "control", JSON.stringify(targets()));
  await Promise.race([broken, allAnswer([ports.outside, ports.passthrough, ports.tee, controlPort])]);
  await lease();
  // One that is late or fails shows as a cell without mirrored requests, which the measuring refuses.
  const renewing = setInterval(() => void lease().catch(() => undefined), RENEWAL_MS);
  return {
    bundleSize: gzippedBytes(tee),
    measured: (kind) => (kind === PASSTHROUGH ? measured(first, ports.passthrough) : measured(second, ports.tee)),
    // The origins write it in this shape.
    arrived: async () => JSON.parse(await send(ports.outside, COUNTS_HOST)) as Arrived,
    broken,
    async close() {
      closing.done = true;
      clearInterval(renewing);
      await end();
    },
  };
}

function plain(folder: string, title: string, program: Pick<Command, "program" | "args">): Command {
  return { title, ...program, cwd: ROOT, env: process.env, logFile: join(folder, `${title}.log`) };
}

function measured({ child }: Running, port: number): Measured {
  return { port, cpuMs: () => cpuMs(child.pid ?? 0) };
}

function brokenBy(running: readonly Running[], closing: { readonly done: boolean }): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  for (const { command, ended } of running)
    void ended.then((code) => closing.done || reject(new ChildFailed(failureOf(command, code))));
  return promise;
}

function targets(): Readonly<Record<string, MirrorTarget>> {
  const entries = MIRRORED.map(({ kind, rate, differs }, at) => {
    const shadowOrigin = `http://${differs ? DIFFERING_SHADOW : EQUAL_SHADOW}`;
    const deploymentId = `7-${at + 1}-0123456789ab`;
    const nothingElse = { controlShare: 0, credentials: {}, serviceHeaders: {}, settings: DEFAULT_MIRROR_SETTINGS };
    const target = { deploymentId, repoId: 7, shadowOrigin, rate, methods: ["GET"], ...nothingElse };
    return [hostOf(kind), target] as const;
  });
  return Object.fromEntries(entries);
}

async function allAnswer(ports: readonly number[]): Promise<void> {
  for (const port of ports)
    await waitFor(
      () =>
        send(port, COUNTS_HOST).then(
          () => true,
          () => undefined,
        ),
      `an answer on port ${port}`,
      30_000,
    );
  await pause(100);
}

/** One request with a Host of its own; resolves with the text. */
function send(port: number, host: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const outgoing = request({ host: "127.0.0.1", port, method, headers: { host }, agent: false }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      incoming.on("error", reject).on("end", () => resolve(text));
    });
    outgoing.on("error", reject).end(body);
  });
}
