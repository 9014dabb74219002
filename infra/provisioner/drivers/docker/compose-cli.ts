/**
 * docker compose as a program: `docker compose` or the stand-alone `docker-compose`, version 2. The project comes on standard input, so
 * no file of a repository is ever in its reach; its environment is empty but for what reaches the engine.
 */
import { spawn } from "node:child_process";
import { DriverUnavailable } from "../driver.ts";

export interface ComposeRun {
  /** Null: it was stopped. */
  readonly code: number | null;
  readonly stdout: string;
  /** The end of what it said. */
  readonly stderr: string;
}

export interface ComposeCli {
  /** Rejects with `DriverUnavailable` where the program cannot be started; aborts when the signal does. */
  readonly run: (args: readonly string[], input: string, signal: AbortSignal) => Promise<ComposeRun>;
}

export interface ComposeProgram {
  /** `["docker", "compose"]` or `["docker-compose"]`. */
  readonly command: readonly [string, ...string[]];
  readonly dockerHost: string;
  /** Where programs are found, and the home with docker's own settings, such as credentials for registries. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Enough for the project of `config` and for what went wrong; the rest is its progress bars. */
const MAX_OUTPUT_CHARS = 2_000_000;
const MAX_ERROR_CHARS = 20_000;

/** Variables that docker compose may see. COMPOSE_* and everything else stays out: it would change what the project means. */
const PASSED = ["PATH", "HOME", "DOCKER_CONFIG", "XDG_RUNTIME_DIR"];

export function composeCli({ command: [program, ...first], dockerHost, environment }: ComposeProgram): ComposeCli {
  const passed = Object.fromEntries(PASSED.map((name): [string, string | undefined] => [name, environment[name]]));
  const env: NodeJS.ProcessEnv = { ...passed, DOCKER_HOST: dockerHost, COMPOSE_ANSI: "never" };
  return {
    run: (args, input, signal) =>
      new Promise((resolve, reject) => {
        const child = spawn(program, [...first, ...args], {
          env,
          cwd: "/",
          signal,
          stdio: "pipe",
          killSignal: "SIGTERM",
        });
        let [stdout, stderr] = ["", ""];
        child.stdout
          .setEncoding("utf8")
          .on("data", (text: string) => (stdout = (stdout + text).slice(0, MAX_OUTPUT_CHARS)));
        child.stderr
          .setEncoding("utf8")
          .on("data", (text: string) => (stderr = (stderr + text).slice(-MAX_ERROR_CHARS)));
        // It may end before it has read everything.
        child.stdin.on("error", () => {});
        child.stdin.end(input);
        child.on("error", (error) => {
          if (!signal.aborted) reject(new DriverUnavailable(`docker compose cannot be started: ${error.message}`));
        });
        child.on("close", (code) => resolve({ code: signal.aborted ? null : code, stdout, stderr }));
      }),
  };
}

/** Contents of files came inside a project with this version. Version 1, in Python, reads other files and knows no `--wait`. */
const OLDEST = [2, 23, 1] as const;

function isNewEnough(version: string): boolean {
  const [, ...numbers] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  const [at] = OLDEST.flatMap((least, index) => (Number(numbers[index]) === least ? [] : [index]));
  return numbers.length > 0 && (at === undefined || Number(numbers[at]) > (OLDEST[at] ?? 0));
}

/** Which of both is there, or null. */
export async function findComposeCommand(
  environment: ComposeProgram["environment"],
  dockerHost: string,
): Promise<ComposeProgram["command"] | null> {
  for (const command of [["docker", "compose"], ["docker-compose"]] as const) {
    const cli = composeCli({ command: [...command], dockerHost, environment });
    const version = await cli.run(["version", "--short"], "", AbortSignal.timeout(10_000)).catch(() => null);
    if (version?.code === 0 && isNewEnough(version.stdout)) return [...command];
  }
  return null;
}
