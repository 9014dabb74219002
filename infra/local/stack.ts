/**
 * Starts and ends the real Workers of a local start from their own wrangler files:
 * set-up (tables, pages) -> the Workers -> the report's port -> the pages -> all answer.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./ports.ts";
import {
  ChildFailed,
  type Command,
  failureBecause,
  failureOf,
  killAll,
  type Running,
  startProcess,
  stopAll,
} from "./processes.ts";
import type { ReportApi } from "./report-api.ts";
import type { Screen } from "./screen.ts";
import { alertVariables } from "./settings/alerts.ts";
import type { DevSettings } from "./settings/dev.ts";
import { migrationsStep, pagesStep, type SetupStep } from "./setup.ts";
import { openRecord, type StartRecord } from "./start-record.ts";
import { pagesCommand, RECORDS, reportPortCommand, type WranglerPlace, workersCommand } from "./wrangler.ts";

/** A slow machine bundles the Workers in some seconds; a minute and a half means that they will not come. */
const START_LIMIT_MS = 90_000;
const POLL_MS = 100;

export interface Stack {
  readonly api: ReportApi;
  /** Rejects when a process ends that should run. Never resolves. */
  readonly broken: Promise<never>;
}

export interface StackOptions {
  readonly settings: DevSettings;
  readonly prodUrl: string;
  /** Where the report API is to answer, and with which token. */
  readonly api: ReportApi;
  readonly stateDir: string;
  readonly screen: Screen;
}

/** Everything that has to be ended, in any state of the start. */
export interface Ends {
  readonly running: Running[];
  readonly record: StartRecord;
  readonly servers: Server[];
  /** Ended before the Workers, which they talk to. */
  readonly others: { readonly stop: () => Promise<void>; readonly kill: () => void }[];
  stopping: boolean;
}

/** What runs is written down in the folder of records, for the case that this launcher is killed. */
export function nothingRunning(records = RECORDS): Ends {
  return { running: [], record: openRecord(records), servers: [], others: [], stopping: false };
}

export async function stopStack(ends: Ends): Promise<void> {
  ends.stopping = true;
  for (const server of ends.servers) {
    server.close();
    server.closeAllConnections();
  }
  await Promise.all(ends.others.map((other) => other.stop()));
  await stopAll(ends.running);
  ends.record.close();
}

export function killStack(ends: Ends): void {
  ends.stopping = true;
  killAll(ends.running);
  for (const other of ends.others) other.kill();
  ends.record.close();
}

/** Starts everything; what was started so far is in `ends`, also when this fails. */
export async function startStack(options: StackOptions, ends: Ends): Promise<Stack> {
  const { settings, stateDir, screen } = options;
  const at: WranglerPlace = { stateDir, registryDir: join(stateDir, "registry") };
  for (const folder of ["logs", "registry", "config"]) mkdirSync(join(stateDir, folder), { recursive: true });
  const failures: ((reason: unknown) => void)[] = [];
  const broken = new Promise<never>((_, reject) => failures.push(reject));
  broken.catch(() => undefined);

  const once = (command: Command): Running => startTracked(ends, command);
  const keep = (command: Command): void => {
    const running = once(command);
    void running.ended.then((code) => {
      if (!ends.stopping) for (const fail of failures) fail(new ChildFailed(failureOf(command, code)));
    });
  };

  const listening = async (port: number) => ({ ...at, port, inspectorPort: await freePort() });
  keep(reportPortCommand(await listening(settings.ports.report)));
  // The pages are built beside the tables: they need nothing of each other.
  const pages = settings.ports.ui === null ? null : setUp(pagesStep(at), screen, once);
  pages?.catch(() => undefined);
  await setUp(migrationsStep(at), screen, once);
  screen.say("Starting the Workers");
  const workers = workersCommand(await listening(settings.ports.tee), variablesOf(options));
  rmSync(workers.logFile, { force: true });
  keep(workers);
  await pages;
  if (settings.ports.ui !== null) keep(pagesCommand(await listening(settings.ports.ui)));
  await Promise.race([broken, allAnswer(settings, workers, ends)]);
  return { api: options.api, broken };
}

/** Nothing starts any more once everything is being stopped. */
export function startTracked(ends: Ends, command: Command): Running {
  if (ends.stopping) throw new ChildFailed(`${command.title}: not started, everything is being stopped.`);
  const running = startProcess(command);
  ends.running.push(running);
  ends.record.add(running.child.pid, command.title);
  return running;
}

async function setUp(step: SetupStep, screen: Screen, start: (command: Command) => Running): Promise<void> {
  if (step.skipped !== undefined) {
    screen.say(`${step.title}: ${step.skipped}`);
    return;
  }
  const began = Date.now();
  await step.run(start);
  screen.say(`${step.title}: done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** The Workers' variables and the secrets of this start. */
function variablesOf({ settings, prodUrl, api }: StackOptions): Readonly<Record<string, string>> {
  const { key, name, baseUrl } = settings.model;
  return {
    SHADOW_INFRA_MODE: "local",
    SHADOW_INFRA_PROD_URL: prodUrl,
    SHADOW_INFRA_REDACTION_KEY: randomBytes(32).toString("base64url"),
    SHADOW_INFRA_SERVICE_TOKEN: api.serviceToken,
    SHADOW_INFRA_SAFE_BODY_SHARE: "1",
    SHADOW_INFRA_EQUAL_ROWS: "all",
    ...alertVariables(settings.alerts),
    ...shadowOf(settings),
    ...(key === undefined ? {} : { ANTHROPIC_API_KEY: key }),
    ...(name === undefined ? {} : { ANTHROPIC_MODEL: name }),
    ...(baseUrl === undefined ? {} : { ANTHROPIC_BASE_URL: baseUrl }),
  };
}

/** Whoever starts this is its operator: the shadow named on the command line is allowed, wherever it is. */
function shadowOf({ between }: DevSettings): Readonly<Record<string, string>> {
  return between.kind === "servers" ? { SHADOW_INFRA_SHADOW_SUFFIXES: new URL(between.shadow).origin } : {};
}

/** The report Worker answers through its port (so the Workers run), the tee listens, the pages answer through their function. */
async function allAnswer({ ports }: DevSettings, workers: Command, ends: Ends): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  const wait = async (ready: () => Promise<boolean>): Promise<void> => {
    while (!(await ready())) {
      if (ends.stopping) return;
      // wrangler waits for the code to be mended; nobody will do that here.
      if (readFileSync(workers.logFile, "utf8").includes("Build failed"))
        throw new ChildFailed(failureBecause(workers, "could not be built"));
      if (Date.now() > until)
        throw new ChildFailed(failureBecause(workers, `did not answer within ${START_LIMIT_MS / 1000} s`));
      await sleep(POLL_MS);
    }
  };
  await wait(() => answers(`http://127.0.0.1:${ports.report}/healthz`));
  await wait(() => listens(ports.tee));
  if (ports.ui !== null) await wait(() => answers(`http://127.0.0.1:${ports.ui}/api/deployments`));
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const settle = (up: boolean) => (): void => {
      socket.destroy();
      resolve(up);
    };
    socket.once("connect", settle(true)).once("error", settle(false));
  });
}
