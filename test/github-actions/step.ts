/** One `run:` step: bash with the files that a runner gives a step. Processes that it leaves behind stay until their job ends. */
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface ScriptPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** RUNNER_TEMP. */
  readonly temp: string;
  /** Where the summary of the whole run lies. */
  readonly folder: string;
  /** Process groups of the steps so far; this one's is added. */
  readonly groups: number[];
}

/** Where a run's summary is written: `summary.md` of its folder. */
export function summaryOf(folder: string): string {
  return join(folder, "summary.md");
}

/** Runs a script as `shell: bash` does where nobody says another: `bash -e`. */
export async function runScript(
  script: string,
  { cwd, env, temp, folder, groups }: ScriptPlace,
): Promise<{ code: number; output: string; outputs: Readonly<Record<string, string>> }> {
  const own = mkdtempSync(join(temp, "step-"));
  const [file, outputs, log] = ["script.sh", "outputs", "log"].map((name) => join(own, name)) as [
    string,
    string,
    string,
  ];
  for (const [path, text] of [[file, script] as const, [outputs, ""] as const]) writeFileSync(path, text);
  // To a file: a service that is started here keeps a pipe open for as long as it lives.
  const stream = openSync(log, "a");
  const child = spawn("bash", ["-e", file], {
    cwd,
    detached: true,
    stdio: ["ignore", stream, stream],
    env: { ...env, RUNNER_TEMP: temp, TMPDIR: temp, GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summaryOf(folder) },
  });
  closeSync(stream);
  if (child.pid !== undefined) groups.push(child.pid);
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (ended) => resolve(ended ?? 1));
  });
  const pairs = readFileSync(outputs, "utf8").split("\n").flatMap(pairOf);
  return { code, output: readFileSync(log, "utf8"), outputs: Object.fromEntries(pairs) };
}

function pairOf(line: string): readonly (readonly [string, string])[] {
  const at = line.indexOf("=");
  return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
}

/** Ends what a step left behind. */
export function endGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nothing of it lives any more.
  }
}
