/**
 * `npm run try:published`: the local start between published versions of a server that nobody here wrote.
 * A version against itself and a patch release show what is reported where nothing changed; a major release shows what is
 * found where much did. Shows each summary and returns the figures that `docs/published-versions.md` quotes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onInterrupt } from "./interrupt.ts";
import { freePort } from "./ports.ts";
import { ChildFailed, type Command } from "./processes.ts";
import { database, requests } from "./published/dataset.ts";
import { installPublished } from "./published/install.ts";
import type { Change } from "./pull/change.ts";
import { openPull } from "./pull/open.ts";
import { startLocalProvisioner } from "./pull/provisioner.ts";
import { newReportApi, ReportApiFailed } from "./report-api.ts";
import type { StartEnd, StartResult } from "./result.ts";
import type { Screen } from "./screen.ts";
import { runTraffic } from "./session.ts";
import { readDevSettings } from "./settings/dev.ts";
import { type Ends, killStack, nothingRunning, startStack, startTracked, stopStack } from "./stack.ts";
import { summaryOf } from "./summary.ts";
import { ROOT } from "./wrangler.ts";

export const SERVER = "json-server";
export const COMPARISONS = [
  { prod: "0.17.4", shadow: "0.17.4", why: "a version against itself" },
  { prod: "0.17.3", shadow: "0.17.4", why: "a patch release" },
  { prod: "0.17.4", shadow: "1.0.0-beta.15", why: "the next major version" },
] as const;
const FOLDER = join(ROOT, ".wrangler", "shadow-infra", "published");
const START_LIMIT_MS = 20_000;
const POLL_MS = 100;

/** Of no repository but this one. */
const REPOSITORY_ID = 1_001;

type Comparison = (typeof COMPARISONS)[number];

interface Surroundings {
  readonly screen: Screen;
  readonly signal: AbortSignal;
  readonly ends: Ends;
}

async function compareVersions({ prod, shadow, why }: Comparison, around: Surroundings): Promise<StartResult> {
  const { screen, signal, ends } = around;
  screen.say(`\n${SERVER} ${prod} against ${shadow}: ${why}`);
  const prodUrl = await serveVersion(prod, "prod", ends);
  const shadowUrl = await serveVersion(shadow, "shadow", ends);
  const ports = [await freePort(), await freePort(), await freePort()].map(String);
  const read = readDevSettings(
    { prod: prodUrl, shadow: shadowUrl, ui: false, teePort: ports[0], webhookPort: ports[1], reportPort: ports[2] },
    {},
  );
  if (!read.ok) throw new Error(read.problems.join(" "));
  const settings = read.value;
  const stateDir = join(FOLDER, "state", `${prod}-${shadow}-${Date.now()}`);
  mkdirSync(stateDir, { recursive: true });
  const { rate, controlShare, registration } = settings;
  const api = newReportApi(settings.ports.report);
  const change: Change = {
    repository: { id: REPOSITORY_ID, fullName: `published/${SERVER}` },
    title: `${SERVER} ${prod} to ${shadow}`,
    branch: shadow,
    version: { kind: "address", url: shadowUrl },
    rate,
    controlShare,
    registration,
  };
  const onStart = (pid: number, title: string): void => ends.record.add(pid, title);
  const port = settings.ports.webhook;
  const provisioner = await startLocalProvisioner({ change, api, port, pagesOrigin: null, stateDir, onStart });
  ends.others.push(provisioner);
  const stack = await startStack({ settings, prodUrl, api, stateDir, screen }, ends);
  const pull = await openPull({ change, provisioner, api, screen, signal });
  const session = {
    api,
    id: pull.id,
    teeOrigin: `http://localhost:${settings.ports.tee}`,
    reportUrl: `${api.origin}/api/deployments/${pull.id}`,
    screen,
    signal,
  };
  const traffic = requests().map((path) => ({ method: "GET" as const, path }));
  const result = await Promise.race([stack.broken, runTraffic(session, traffic)]);
  await pull.close();
  return result;
}

/** One version on a port of its own, with a database file of its own. */
async function serveVersion(version: string, role: "prod" | "shadow", ends: Ends): Promise<string> {
  const entry = await installPublished(FOLDER, { name: SERVER, version });
  const folder = join(FOLDER, "data", `${role}-${version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "db.json"), database());
  const port = await freePort();
  const command: Command = {
    title: `${SERVER} ${version}`,
    program: process.execPath,
    args: [entry, "--host", "127.0.0.1", "--port", String(port), "db.json"],
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    logFile: join(folder, "server.log"),
  };
  startTracked(ends, command);
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + START_LIMIT_MS; ; ) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return url;
    if (Date.now() > until) throw new ChildFailed(`${command.title} did not answer. Its log: ${command.logFile}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The row that the documentation quotes. */
function figuresOf({ prod, shadow, why }: Comparison, result: StartResult) {
  const drifts = result.drifts.filter((drift) => drift.noise === null);
  return {
    prod,
    shadow,
    why,
    requests: result.requests?.sent ?? 0,
    pairs: result.counts.pairs,
    safe: result.counts.safe,
    warning: result.counts.warning,
    critical: result.counts.critical,
    drifts: drifts.length,
    noise: result.noise,
    unexplained: result.missing,
  };
}

export type Figures = ReturnType<typeof figuresOf>;

export interface Tried {
  readonly end: StartEnd;
  /** One row for each comparison that was made. */
  readonly figures: readonly Figures[];
}

/** Runs the comparisons one after the other; each summary goes to the screen. Never throws for what a user can cause. */
export async function tryPublished(screen: Screen): Promise<Tried> {
  const figures: Figures[] = [];
  for (const comparison of COMPARISONS) {
    const result = await stoppedAfter(comparison, screen).catch(failureOf);
    if (result === null) return { end: "interrupted", figures };
    if (typeof result === "string") {
      screen.say(screen.colors.red(result));
      return { end: "undecided", figures };
    }
    screen.say(summaryOf(result, screen.colors));
    figures.push(figuresOf(comparison, result));
  }
  return { end: figures.every((row) => row.unexplained.length === 0) ? "passed" : "undecided", figures };
}

/** The words of a failure that a user can cause, as a missing network; anything else is a fault of the program's. */
function failureOf(error: unknown): string {
  if (error instanceof ChildFailed || error instanceof ReportApiFailed) return error.message;
  throw error;
}

/** One comparison, everything of it stopped again; null when it was interrupted. */
async function stoppedAfter(comparison: Comparison, screen: Screen): Promise<StartResult | null> {
  const ends = nothingRunning();
  const interrupt = onInterrupt();
  const killed = interrupt.again.then(() => killStack(ends));
  const run = compareVersions(comparison, { screen, signal: interrupt.signal, ends });
  try {
    return (await Promise.race([run, interrupt.happened])) ?? null;
  } finally {
    await Promise.race([killed, stopStack(ends)]);
    interrupt.off();
  }
}
