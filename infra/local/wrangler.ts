/**
 * The wrangler commands of a start, as data. Three processes, because `wrangler dev` gives only the first of its Workers an
 * HTTP port: the Workers with the tee's port, one that gives the report Worker a port, and the pages.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "./processes.ts";

export const ROOT = join(import.meta.dirname, "../..");

/** Where starts of this checkout write down what they have running, whichever folder they store the rest in. */
export const RECORDS = join(ROOT, ".wrangler", "shadow-infra", "starts");

/** wrangler itself rather than its launcher script, which would be one more process to stop. */
const WRANGLER = join(ROOT, "node_modules", "wrangler", "wrangler-dist", "cli.js");
const REPORT_CONFIG = "workers/report/wrangler.toml";

export interface WranglerPlace {
  /** Folder with everything this start stores. */
  readonly stateDir: string;
  /** Folder through which the processes of one start find each other. */
  readonly registryDir: string;
}

interface Listening extends WranglerPlace {
  readonly port: number;
  readonly inspectorPort: number;
}

const WORKER_CONFIGS = ["wrangler.toml", "workers/compare/wrangler.toml", REPORT_CONFIG];

/**
 * All Workers in one process: queues deliver, Durable Objects and service bindings work. The port is the tee's.
 * Variables travel as the process's environment: `--env-file` reaches only the first Worker (an empty one keeps a `.dev.vars`
 * of the user's from it), `--var` too.
 */
export function workersCommand(at: Listening, variables: Readonly<Record<string, string>>): Command {
  const configs = WORKER_CONFIGS.flatMap((file) => ["-c", file]);
  const args = [
    "dev",
    ...configs,
    ...listening(at, storeOf(at)),
    "--infer-origin-from-routes=false",
    "--env-file",
    NO_FILE,
  ];
  const env = { ...variables, CLOUDFLARE_INCLUDE_PROCESS_ENV: "true" };
  return wrangler("The Workers", { at, log: "workers.log", args, env });
}

const NO_FILE = process.platform === "win32" ? "NUL" : "/dev/null";

/** Files that wrangler would read instead of what a start passes; it cannot be told to leave them out. */
export function filesInTheWay(root = ROOT): readonly string[] {
  return WORKER_CONFIGS.slice(1)
    .map((file) => join(dirname(file), ".dev.vars"))
    .filter((file) => existsSync(join(root, file)));
}

/** The report Worker's HTTP port. */
export function reportPortCommand(at: Listening): Command {
  const args = ["dev", "-c", "infra/local/report-port/wrangler.toml", ...listening(at, ownStoreOf(at, "report-port"))];
  return wrangler("The report API's port", { at, log: "report-port.log", args });
}

/** The pages with their function. The binding is named here: `pages dev` does not take it from the file. */
export function pagesCommand(at: Listening): Command {
  const shown = listening(at, ownStoreOf(at, "pages")).filter((arg) => arg !== "--show-interactive-dev-session=false");
  const args = ["pages", "dev", "dist", ...shown, "--service", "API=shadow-infra-report"];
  return wrangler("The pages", { at, log: "pages.log", args, cwd: "pages" });
}

export function migrationsCommand(at: WranglerPlace): Command {
  const args = ["d1", "migrations", "apply", "DB", "--local", "-c", REPORT_CONFIG, "--persist-to", storeOf(at)];
  return wrangler("Applying the migrations", { at, log: "migrations.log", args });
}

/** The report Worker alone, without tee and consumer: what it says of what is stored. `extra`: variables that its file does not name. */
export function reportCommand(
  at: Listening,
  variables: Readonly<Record<string, string>>,
  extra: Readonly<Record<string, string>> = {},
): Command {
  const more = Object.entries(extra).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const args = ["dev", "-c", REPORT_CONFIG, ...listening(at, storeOf(at)), "--env-file", NO_FILE, ...more];
  const env = { ...variables, CLOUDFLARE_INCLUDE_PROCESS_ENV: "true" };
  return wrangler("The report Worker", { at, log: "report.log", args, env });
}

/** Statements of a file, on the local database. */
export function executeCommand(at: WranglerPlace, file: string): Command {
  const args = ["d1", "execute", "DB", "--local", "-c", REPORT_CONFIG, "--persist-to", storeOf(at), "--file", file];
  return wrangler("Filling the database", { at, log: "execute.log", args });
}

export function buildPagesCommand(at: WranglerPlace): Command {
  return {
    title: "Building the pages",
    program: process.execPath,
    args: [join(ROOT, "node_modules", "vite", "bin", "vite.js"), "build", "pages"],
    cwd: ROOT,
    env: process.env,
    logFile: join(at.stateDir, "logs", "build-pages.log"),
  };
}

/** What the Workers store, and the migrations prepare. */
export function storeOf(at: WranglerPlace): string {
  return join(at.stateDir, "store");
}

/**
 * A process that stores nothing gets a folder to itself all the same: the runtime opens files there as it starts, and does
 * not start where another process holds them.
 */
function ownStoreOf(at: WranglerPlace, name: string): string {
  return join(at.stateDir, `store-${name}`);
}

function listening(at: Listening, store: string): readonly string[] {
  const ports = ["--port", String(at.port), "--inspector-port", String(at.inspectorPort)];
  return ["--ip", "127.0.0.1", ...ports, "--persist-to", store, "--show-interactive-dev-session=false"];
}

interface Details {
  readonly at: WranglerPlace;
  readonly log: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function wrangler(title: string, { at, log, args, cwd = ".", env }: Details): Command {
  return {
    title,
    program: process.execPath,
    args: ["--no-warnings", WRANGLER, ...args],
    cwd: join(ROOT, cwd),
    env: {
      ...Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
      ...OFFLINE,
      ...env,
      WRANGLER_REGISTRY_PATH: at.registryDir,
      XDG_CONFIG_HOME: join(at.stateDir, "config"),
    },
    logFile: join(at.stateDir, "logs", log),
  };
}

/** All that wrangler gets of the user's environment: tokens and accounts have no business here. */
const PASSED_ON = [
  "PATH",
  "HOME",
  "TMPDIR",
  "TEMP",
  "TMP",
  "LANG",
  "SystemRoot",
  "APPDATA",
  "LOCALAPPDATA",
  "USERPROFILE",
];

/** wrangler asks no network and sends nothing, and writes down no traces: their addresses would hold what redaction replaces. */
const OFFLINE = {
  X_LOCAL_OBSERVABILITY: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CI: "1",
};
