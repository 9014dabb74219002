/**
 * One life of the local Workers: the real `wrangler dev` command of a local start on a folder that outlives it, with the witness
 * before and behind the tee. It ends by kill -9, of the processes it started and no others.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { failureBecause, killAll, type Running, runToEnd, startProcess } from "../../../infra/local/processes.ts";
import { migrationsCommand, ROOT, storeOf, workersCommand } from "../../../infra/local/wrangler.ts";
import { freePort } from "../../servers/free-port.ts";
import { waitFor } from "../../servers/wait-for.ts";

const START_LIMIT_MS = 60_000;
export const SERVICE_TOKEN = "token-of-the-kill-trial";

export interface Place {
  /** Everything that is stored lies below it. */
  readonly stateDir: string;
  /** The trial's own server. */
  readonly trialUrl: string;
  readonly prodUrl: string;
}

export interface Life {
  readonly url: string;
  /** SIGKILL to the runtime or to wrangler. */
  kill(which: "workerd" | "wrangler"): void;
  /** SIGKILL to whatever of it still runs; done when nothing does. */
  end(): Promise<void>;
}

/** Makes the folders and tables, once per trial. */
export async function prepare({ stateDir }: Place): Promise<void> {
  for (const folder of ["logs", "registry", "config"]) mkdirSync(join(stateDir, folder), { recursive: true });
  await runToEnd(startProcess(migrationsCommand(placeOf(stateDir))));
}

/** Starts the Workers and waits until they answer. */
export async function startLife({ stateDir, trialUrl, prodUrl }: Place): Promise<Life> {
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const variables = {
    SHADOW_INFRA_MODE: "local",
    SHADOW_INFRA_PROD_URL: prodUrl,
    SHADOW_INFRA_REDACTION_KEY: "a key for tests only",
    SHADOW_INFRA_SERVICE_TOKEN: SERVICE_TOKEN,
    SHADOW_INFRA_SAFE_BODY_SHARE: "0",
    SHADOW_INFRA_EQUAL_ROWS: "all",
    TRIAL: trialUrl,
  };
  const command = workersCommand({ ...placeOf(stateDir), port, inspectorPort }, variables);
  const running = startProcess({ ...command, args: withWitness(command.args, stateDir) });
  const url = `http://127.0.0.1:${port}`;
  const life = { url, kill: (which: "workerd" | "wrangler") => kill(running, which), end: () => end(running) };
  const answers = async () =>
    (await fetch(`${url}/report/healthz`).catch(() => null))?.ok === true ? true : undefined;
  try {
    await waitFor(answers, "an answer of the Workers", START_LIMIT_MS);
  } catch {
    await life.end();
    throw new Error(failureBecause(command, `did not answer within ${START_LIMIT_MS / 1000} s`));
  }
  return life;
}

/** Where the consumer's rows are, for a reader that shares no code with it. */
export function databaseFile(stateDir: string): string {
  const folder = join(storeOf(placeOf(stateDir)), "v3", "d1", "miniflare-D1DatabaseObject");
  const file = readdirSync(folder).find((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  if (file === undefined) throw new Error(`no database in ${folder}`);
  return join(folder, file);
}

function placeOf(stateDir: string) {
  return { stateDir, registryDir: join(stateDir, "registry") };
}

/** The witness first, because the first of several Workers gets the port; the tee's outbox binding leads to it. */
function withWitness(args: readonly string[], stateDir: string): readonly string[] {
  const tee = join(stateDir, "tee.toml");
  const real = parse(readFileSync(join(ROOT, "wrangler.toml"), "utf8"));
  // The bundler finds each source file's own tsconfig; wrangler looks for a named one in the wrong folder.
  const { env: _environments, tsconfig: _tsconfig, ...config } = real;
  const bindings = [
    { name: "REGISTRY", class_name: "Registry", script_name: "shadow-infra-report" },
    { name: "OUTBOX", class_name: "Witness", script_name: "witness" },
  ];
  const main = join(ROOT, "workers/tee/index.ts");
  writeFileSync(tee, stringify({ ...config, main, durable_objects: { bindings } }));
  const witness = join(ROOT, "test/chaos/kill/witness/wrangler.toml");
  return args.flatMap((arg, at) =>
    args[at - 1] === "dev" ? ["-c", witness, arg] : [arg === "wrangler.toml" ? tee : arg],
  );
}

function kill({ child }: Running, which: "workerd" | "wrangler"): void {
  if (child.pid === undefined) return;
  if (which === "wrangler") child.kill("SIGKILL");
  else for (const pid of childrenOf(child.pid).filter(isWorkerd)) process.kill(pid, "SIGKILL");
}

async function end(running: Running): Promise<void> {
  // They lead a process group of their own: nothing else is in it.
  killAll([running]);
  await running.ended;
}

function childrenOf(pid: number): readonly number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((one) => statOf(one)?.[1] === String(pid)).map(Number);
}

function isWorkerd(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("workerd");
  } catch {
    return false;
  }
}

/** State and parent of a process: what follows its name, which is in brackets and may hold anything. */
function statOf(pid: string): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
  } catch {
    return undefined;
  }
}
