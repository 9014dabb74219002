/**
 * The provisioner of a local start, in this process: the service that clusters run, with a stand-in of GitHub in front and processes of
 * this machine behind. Listens at once, so that a taken port ends a start before anything else runs; works from `begin` on.
 */
import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type ProcessDriver, processDriver } from "../../provisioner/drivers/process/driver.ts";
import { urlDriver } from "../../provisioner/drivers/url/driver.ts";
import { createGitHub } from "../../provisioner/github/create.ts";
import { createLog, type Log } from "../../provisioner/log.ts";
import { createPlanner, type PlannerParts } from "../../provisioner/plan/create.ts";
import type { Planner } from "../../provisioner/plan/plan.ts";
import { systemClock } from "../../provisioner/reconcile/clock.ts";
import { createReconciler } from "../../provisioner/reconcile/create.ts";
import type { ReconcilerStanding } from "../../provisioner/reconcile/reconciler.ts";
import { reportClient } from "../../provisioner/report/client.ts";
import { startService } from "../../provisioner/service.ts";
import type { OperatorSettings } from "../../provisioner/settings/operator.ts";
import type { LocalGitHub, LocalRepository } from "../github/stand-in.ts";
import { startGitHub } from "../github/start.ts";
import type { ReportApi } from "../report-api.ts";
import { type Change, projectFileOf } from "./change.ts";
import { operatorOf } from "./operator.ts";

export interface LocalProvisioner {
  /** The repository of the change, at GitHub's stand-in. */
  readonly repository: LocalRepository;
  /** Where what it did is written down. */
  readonly logFile: string;
  /** The loop begins: the report answers. */
  readonly begin: () => void;
  readonly standing: () => ReconcilerStanding;
  /** Resolves when every webhook has been answered. */
  readonly settled: () => Promise<void>;
  /** Ends service, stand-in and every process of the driver's. Takes `STOP_LIMIT_MS` at most. May be called twice. */
  readonly stop: () => Promise<void>;
  /** The same at once, without waiting for anything. */
  readonly kill: () => void;
}

export interface ProvisionerOptions {
  readonly change: Change;
  readonly api: ReportApi;
  readonly port: number;
  readonly pagesOrigin: string | null;
  readonly stateDir: string;
  /** Told of each process that was started. */
  readonly onStart: (pid: number, title: string) => void;
}

/** A step that waits for a report that is gone is not waited for. */
const STOP_LIMIT_MS = 2_000;

export async function startLocalProvisioner(options: ProvisionerOptions): Promise<LocalProvisioner> {
  const { change, stateDir, onStart } = options;
  const github = await startGitHub();
  const webhookSecret = randomBytes(24).toString("base64url");
  const settings = operatorOf({ ...options, github, webhookSecret });
  const log = openLog(stateDir, [webhookSecret, github.token, settings.report.serviceToken]);
  const driver = processDriver({ owner: stateDir, onStart: (pid) => onStart(pid, "The shadow") });
  const { reconciler, report } = partsOf({ settings, change, driver, log: log.log });
  // The loop begins when there is a report to tell.
  const gated = { ...reconciler, start: () => undefined };
  const service = await startService({ settings, report, reconciler: gated, log: log.log }).catch(
    async (error: unknown) => {
      await github.close();
      throw error;
    },
  );
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await Promise.race([service.stop(), later(STOP_LIMIT_MS)]);
    driver.killAll();
    await github.close();
    log.close();
  };
  const repository = newRepository(github, change);
  github.deliveries.to({ url: `${service.origin}/webhook`, secret: webhookSecret });
  return {
    repository,
    logFile: log.file,
    begin: reconciler.start,
    standing: reconciler.standing,
    settled: github.deliveries.settled,
    kill: driver.killAll,
    stop: () => (stopping ??= stop()),
  };
}

/** Before the webhook is set, so that the loop is told of what people do and not of what was there. */
function newRepository(github: LocalGitHub, change: Change): LocalRepository {
  const { id, fullName } = change.repository;
  return github.repository(fullName, { id, files: { ".shadow-infra.yml": projectFileOf(change) } });
}

interface Made {
  readonly settings: OperatorSettings;
  readonly change: Change;
  readonly driver: ProcessDriver;
  readonly log: Log;
}

function partsOf({ settings, change, driver, log }: Made) {
  const github = createGitHub(settings.github, { repositories: settings.repositories, log, clock: Date.now });
  const report = reportClient(settings.report);
  const planner = withShares(createPlanner({ github, settings, local: true, ...NO_CONTAINERS }), change);
  const reconciler = createReconciler({
    github,
    report,
    planner,
    drivers: [driver, urlDriver()],
    settings,
    clock: systemClock,
    random: Math.random,
    log,
  });
  return { reconciler, report };
}

/** No compose file is read and no image looked for: neither driver of a local start has any. */
const NO_CONTAINERS: Pick<PlannerParts, "registry" | "readCompose" | "composeSchema"> = {
  registry: { standing: async () => ({ kind: "absent" }) },
  readCompose: () => ({ ok: false, reason: "compose-refused", notes: [] }),
  composeSchema: {},
};

/**
 * Whoever starts this is its operator and owns the traffic: nothing is capped, and production is asked twice as often as the command line
 * says, which in a repository's file cannot be said.
 */
function withShares(planner: Planner, { rate, controlShare, registration }: Change): Planner {
  const shares = { ...registration, rate, controlShare, maxRps: null };
  return async (question) => {
    const planned = await planner(question);
    if (!planned.ok) return planned;
    return { ...planned, plan: { ...planned.plan, registration: { ...planned.plan.registration, ...shares } } };
  };
}

function openLog(stateDir: string, secrets: readonly string[]) {
  const folder = join(stateDir, "logs");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "provisioner.log");
  const stream = createWriteStream(file, { flags: "a" });
  // A log that cannot be written is no reason to fail.
  stream.on("error", () => undefined);
  const log = createLog({ level: "info", secrets, write: (line) => void stream.write(line) });
  return { log, file, close: () => void stream.end() };
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
