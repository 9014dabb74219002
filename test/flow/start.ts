/** Runs `npm start` as a user would: a real process on free ports, its output caught, stopped at the end. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { freePort } from "../servers/free-port.ts";

export const ROOT = join(import.meta.dirname, "../..");

export interface Started {
  readonly child: ChildProcess;
  readonly ports: { readonly tee: number; readonly webhook: number; readonly report: number; readonly ui: number };
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Both outputs so far. */
  output(): string;
}

const started: Started[] = [];

/** For `afterEach`: a test that failed half-way leaves its start running. */
export async function stopStarts(): Promise<void> {
  for (const one of started.splice(0)) {
    if (one.child.exitCode === null) one.child.kill("SIGTERM");
    await one.ended;
  }
}

export async function npmStart(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const ports = { tee: await freePort(), webhook: await freePort(), report: await freePort(), ui: await freePort() };
  const flags = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)]);
  // The launcher itself rather than npm in front of it, so that signals and the exit code are its own.
  const child = spawn(process.execPath, [join(ROOT, "infra/local/bootstrap.mjs"), "dev", ...flags, ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  const start = { child, ports, ended, output: () => stdout + stderr };
  started.push(start);
  return start;
}
