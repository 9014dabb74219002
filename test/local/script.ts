/** Runs a few lines of TypeScript against the launcher's files in a process of their own: streams and signals are its own. */
import { type ChildProcess, spawn } from "node:child_process";

const LOCAL = new URL("../../infra/local/", import.meta.url).href;

export interface Script {
  readonly child: ChildProcess;
  /** Standard output so far. */
  stdout(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** `source` imports from `LOCAL/…`, the folder of the launcher. */
export function runScript(source: string, env: NodeJS.ProcessEnv = {}): Script {
  const args = ["--input-type=module-typescript", "-e", source.replaceAll("LOCAL/", LOCAL)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, stdout: () => stdout, ended };
}
