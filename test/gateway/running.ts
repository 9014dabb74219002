/** Starts the gateway's programs as they run in their containers: a process of their own, told everything by environment. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { pause } from "../servers/wait-for.ts";

const FOLDER = new URL("../../infra/gateway/", import.meta.url);
export const STAMP = "7-12-0123456789ab";

export interface Program {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

export function run(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, FOLDER)), ...args], { env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, output: () => output, ended };
}

/** The gateway is plain JavaScript; this is what it exports. */
interface GatewayProgram {
  readonly startGateway: (settings: {
    readonly target: string;
    readonly stamp: string;
    readonly strip: readonly string[];
    readonly port: number;
    readonly healthPort: number;
    readonly host: string;
  }) => Promise<{ readonly port: number; readonly healthPort: number; readonly stop: () => Promise<unknown> }>;
}

/** A gateway in front of `target`, in this process: real sockets, without the start of a program for each test. */
export async function startGateway(target: string) {
  const program: GatewayProgram = await import(new URL("gateway.mjs", FOLDER).href);
  const [port, healthPort] = [await freePort(), await freePort()];
  const settings = { target, stamp: STAMP, strip: ["X-Edge-Token"], port, healthPort, host: "127.0.0.1" };
  const gateway = await program.startGateway(settings);
  onTestFinished(() => void gateway.stop());
  return { port, healthPort, url: `http://127.0.0.1:${port}` };
}

/** The same as in its container, once it listens. */
export async function runGateway(target: string) {
  const [port, healthPort] = [await freePort(), await freePort()];
  const ports = { PORT: String(port), HEALTH_PORT: String(healthPort) };
  const program = run("gateway.mjs", [], { TARGET: target, STAMP, STRIP_HEADERS: "X-Edge-Token, x-other", ...ports });
  while (!program.output().includes("Passes port")) {
    if (program.child.exitCode !== null) throw new Error(`the gateway ended: ${program.output()}`);
    await pause(10);
  }
  return { ...program, port, healthPort };
}
