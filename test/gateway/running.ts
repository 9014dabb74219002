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

/** A gateway in front of `target`, once it listens. */
export async function startGateway(target: string, env: Readonly<Record<string, string>> = {}) {
  const [port, healthPort] = [await freePort(), await freePort()];
  const program = run("gateway.mjs", [], {
    TARGET: target,
    STAMP,
    STRIP_HEADERS: "X-Edge-Token",
    PORT: String(port),
    HEALTH_PORT: String(healthPort),
    ...env,
  });
  while (!program.output().includes("Passes port")) {
    if (program.child.exitCode !== null) throw new Error(`the gateway ended: ${program.output()}`);
    await pause(10);
  }
  return { ...program, port, healthPort, url: `http://127.0.0.1:${port}` };
}
