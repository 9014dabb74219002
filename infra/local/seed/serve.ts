/**
 * `npm run report:serve`: the report Worker alone on a port, with what is stored in a folder; for measuring it. Says `ready` on standard output
 * once it answers, and stops with SIGINT or SIGTERM. Local mode: no secrets, this machine only.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { onInterrupt } from "../interrupt.ts";
import { freePort, takenPorts } from "../ports.ts";
import {
  ChildFailed,
  type Command,
  failureBecause,
  failureOf,
  type Running,
  startProcess,
  stopAll,
} from "../processes.ts";
import { migrationsStep } from "../setup.ts";
import { reportCommand, type WranglerPlace } from "../wrangler.ts";
import { numberOption, stateFolder, UsageError } from "./options.ts";

const USAGE = "Usage: npm run report:serve -- [--port 8001] [--state <folder>]";
const DEFAULT_PORT = "8001";
const MAX_PORT = 65_535;
const START_LIMIT_MS = 90_000;
const POLL_MS = 100;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const interrupt = onInterrupt();
  const running: Running[] = [];
  try {
    const ended = serve(args, running);
    return await Promise.race([ended, interrupt.happened.then(() => 0)]);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ChildFailed)) throw error;
    console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
    return error instanceof UsageError ? 2 : 3;
  } finally {
    await stopAll(running);
    interrupt.off();
  }
}

/** Rejects when the Worker does not come up or ends; resolves never. */
async function serve(args: readonly string[], running: Running[]): Promise<never> {
  const { port, stateDir } = optionsOf(args);
  const [taken] = await takenPorts([{ port, use: "the report API", flag: "--port" }]);
  if (taken !== undefined) throw new UsageError(taken);
  const at: WranglerPlace = { stateDir, registryDir: join(stateDir, "registry") };
  for (const folder of ["logs", "registry", "config"]) mkdirSync(join(stateDir, folder), { recursive: true });
  const start = (command: Command): Running => {
    const one = startProcess(command);
    running.push(one);
    return one;
  };
  const migrations = migrationsStep(at);
  if (migrations.skipped === undefined) await migrations.run(start);
  const command = reportCommand({ ...at, port, inspectorPort: await freePort() }, variables());
  rmSync(command.logFile, { force: true });
  const ended = start(command).ended.then((code): never => {
    throw new ChildFailed(failureOf(command, code));
  });
  const origin = `http://127.0.0.1:${port}`;
  await Promise.race([ended, answersInTime(`${origin}/healthz`, command)]);
  console.log(`ready ${origin}`);
  return ended;
}

/** Reading needs no secret here; nobody knows the token, so nobody writes. */
function variables(): Readonly<Record<string, string>> {
  return { SHADOW_INFRA_MODE: "local", SHADOW_INFRA_SERVICE_TOKEN: randomBytes(24).toString("base64url") };
}

async function answersInTime(url: string, command: Command): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    // wrangler waits for the code to be mended; nobody will do that here.
    if (readFileSync(command.logFile, "utf8").includes("Build failed"))
      throw new ChildFailed(failureBecause(command, "could not be built"));
    await sleep(POLL_MS);
  }
  throw new ChildFailed(failureBecause(command, `did not answer within ${START_LIMIT_MS / 1000} s`));
}

function optionsOf(args: readonly string[]): { readonly port: number; readonly stateDir: string } {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { port: text, state: text } });
    return { port: numberOption("--port", values.port ?? DEFAULT_PORT, MAX_PORT), stateDir: stateFolder(values.state) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}
