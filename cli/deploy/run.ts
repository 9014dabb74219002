/**
 * Runs one program to its end and keeps what it printed. Knows how wrangler marks its warnings and errors.
 * Apart, because everything else of a deploy only looks at the outcome.
 */
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { PROJECT_ROOT } from "./project.ts";

/** The programs a deploy uses, each as the start of a command line. */
export interface Programs {
  readonly wrangler: readonly [string, ...string[]];
  readonly vite: readonly [string, ...string[]];
}

/** The project's own copies, by the Node that runs this: no PATH, no other version, no shell. */
export const PROJECT_PROGRAMS: Programs = {
  wrangler: [process.execPath, join(PROJECT_ROOT, "node_modules/wrangler/bin/wrangler.js")],
  vite: [process.execPath, join(PROJECT_ROOT, "node_modules/vite/bin/vite.js")],
};

/** How a program ended. */
export interface Outcome {
  /** Exit code; -1 when it could not be started or was killed. */
  readonly code: number;
  /** Both streams in the order they came. */
  readonly output: string;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

/** Nothing is asked (no terminal), nothing is coloured, nothing is sent home. */
const QUIET = {
  NO_COLOR: "1",
  FORCE_COLOR: "0",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

/** Runs a command line in a folder. Never throws: a program that cannot be started is an outcome too. */
export function run(command: readonly [string, ...string[]], args: readonly string[], cwd: string): Promise<Outcome> {
  const [program, ...first] = command;
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`;
  return new Promise((resolve) => {
    const child = spawn(program, [...first, ...args], {
      cwd,
      // CLOUDFLARE_ENV would choose an environment where Pages knows none.
      env: { ...process.env, ...QUIET, PATH: path, CLOUDFLARE_ENV: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Whoever ends this process (Ctrl-C) must not leave a half deploy running behind it.
    const stop = (): void => void child.kill();
    process.once("exit", stop);
    const chunks: Buffer[] = [];
    const finish = (code: number, extra = ""): void => {
      process.off("exit", stop);
      resolve(outcomeOf(code, Buffer.concat(chunks).toString() + extra));
    };
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", (error) => finish(-1, `${program} could not be started: ${error.message}`));
    child.once("close", (code) => finish(code ?? -1));
  });
}

/**
 * The one warning that is meant: an environment lacks the outbox, and nothing else, because only the local start has one
 * (`LOCAL_ONLY` in wiring/completeness.ts). wrangler says so each time it reads the file.
 */
const OUTBOX_IS_LOCAL =
  /^Processing \S+ configuration: - "env\.\w+" environment configuration - The following bindings are at the top level, [^-]*: - OUTBOX$/;

/** Reads the marks `▲ [WARNING]` and `✘ [ERROR]`; a message goes on over the indented lines below its mark. */
export function outcomeOf(code: number, output: string): Outcome {
  const plain = output.replaceAll(ANSI, "");
  const warnings = marked(plain, "▲ [WARNING]").filter((warning) => !OUTBOX_IS_LOCAL.test(warning));
  return { code, output: plain, warnings, errors: marked(plain, "✘ [ERROR]") };
}

// Escape sequences of colours: some programs colour in spite of NO_COLOR.
const ANSI = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, "g");

function marked(output: string, mark: string): readonly string[] {
  return output
    .split(mark)
    .slice(1)
    .map((rest) => {
      const [head = "", ...lines] = rest.split("\n");
      const end = lines.findIndex((line) => line !== "" && !line.startsWith(" "));
      const body = (end === -1 ? lines : lines.slice(0, end)).map((line) => line.trim());
      return [head.trim(), ...body].filter((line) => line !== "").join(" ");
    });
}
