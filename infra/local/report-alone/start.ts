/** The report Worker alone on a port, with what is stored in a folder: started, and waited for until it answers. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../ports.ts";
import { ChildFailed, type Command, failureBecause, failureOf, type Running, startProcess } from "../processes.ts";
import { alertVariables } from "../settings/alerts.ts";
import { migrationsStep } from "../setup.ts";
import { reportCommand, type WranglerPlace } from "../wrangler.ts";

const START_LIMIT_MS = 90_000;
const POLL_MS = 100;

export interface ReportProcess {
  readonly origin: string;
  /** What it prints. */
  readonly logFile: string;
  /** Rejects when it ends. Never resolves. */
  readonly ended: Promise<never>;
}

export interface ReportOptions {
  readonly stateDir: string;
  readonly port: number;
  /** Secrets of whoever starts it, such as the token that results of probes are sent with. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Settings beside those of its file. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Everything that has to be stopped, in any state of the start. */
  readonly running: Running[];
}

/** Throws `ChildFailed` where it does not come up. */
export async function startReport({
  stateDir,
  port,
  secrets,
  variables,
  running,
}: ReportOptions): Promise<ReportProcess> {
  const at: WranglerPlace = { stateDir, registryDir: join(stateDir, "registry") };
  for (const folder of ["logs", "registry", "config"]) mkdirSync(join(stateDir, folder), { recursive: true });
  const start = (command: Command): Running => {
    const one = startProcess(command);
    running.push(one);
    return one;
  };
  const migrations = migrationsStep(at);
  if (migrations.skipped === undefined) await migrations.run(start);
  const command = reportCommand(
    { ...at, port, inspectorPort: await freePort() },
    { ...needed(), ...secrets },
    variables,
  );
  rmSync(command.logFile, { force: true });
  const ended = start(command).ended.then((code): never => {
    throw new ChildFailed(failureOf(command, code));
  });
  ended.catch(() => undefined);
  const origin = `http://127.0.0.1:${port}`;
  await Promise.race([ended, answersInTime(`${origin}/healthz`, command)]);
  return { origin, logFile: command.logFile, ended };
}

/** Reading needs no secret here; nobody knows the token where none was chosen, so nobody writes. */
function needed(): Readonly<Record<string, string>> {
  const token = randomBytes(24).toString("base64url");
  return { SHADOW_INFRA_MODE: "local", SHADOW_INFRA_SERVICE_TOKEN: token, ...alertVariables({}) };
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
