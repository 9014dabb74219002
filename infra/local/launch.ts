/**
 * One local start from its ports to its end: end leftovers -> check ports -> production -> webhook service -> Workers -> a pull request is
 * opened -> session -> it is closed -> stop everything.
 * Whatever happens, a signal at any moment included, nothing that was started here is left running.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Example } from "./examples/example.ts";
import { EXAMPLES } from "./examples/index.ts";
import { exampleServer } from "./examples/server.ts";
import { type Interrupt, onInterrupt } from "./interrupt.ts";
import { freePort, takenPorts, type WantedPort } from "./ports.ts";
import { ChildFailed } from "./processes.ts";
import { type Change, changeOfExample, changeOfServers } from "./pull/change.ts";
import { type OpenedPull, openPull } from "./pull/open.ts";
import { startLocalProvisioner } from "./pull/provisioner.ts";
import { newReportApi, ReportApiFailed } from "./report-api.ts";
import type { StartEnd, StartResult } from "./result.ts";
import type { Screen } from "./screen.ts";
import { resultOfWatching, runExample, type Session, watchServers } from "./session.ts";
import { alertNotice } from "./settings/alerts.ts";
import type { DevSettings } from "./settings/dev.ts";
import { type Ends, killStack, nothingRunning, type Stack, startStack, stopStack } from "./stack.ts";
import { endLeftovers, runningStarts } from "./start-record.ts";
import { summaryOf } from "./summary.ts";
import { filesInTheWay, RECORDS, ROOT } from "./wrangler.ts";

const STATE_DIR = join(ROOT, ".wrangler", "shadow-infra");

/** Runs a local start to its end and says how it ended. Never throws for what a user can cause. */
export async function launch(settings: DevSettings, screen: Screen): Promise<StartEnd> {
  for (const words of await endLeftovers(RECORDS)) screen.say(words);
  const taken = await takenPorts(portsOf(settings));
  const inTheWay = filesInTheWay().map(
    (file) => `${file} would replace what this start sets up. Move it away, it is for running that part alone.`,
  );
  const others = taken.length === 0 ? [] : runningStarts(RECORDS);
  for (const words of [...taken, ...others, ...inTheWay]) screen.say(words);
  if (taken.length + inTheWay.length > 0) return "usage";

  const ends = nothingRunning();
  const interrupt = onInterrupt();
  const killed = interrupt.again.then((): StartEnd => {
    killStack(ends);
    return "interrupted";
  });
  return Promise.race([killed, runAndStop(settings, { screen, ends, interrupt })]);
}

interface Surroundings {
  readonly screen: Screen;
  readonly ends: Ends;
  readonly interrupt: Interrupt;
}

async function runAndStop(settings: DevSettings, { screen, ends, interrupt }: Surroundings): Promise<StartEnd> {
  const state = openState(settings);
  const start: Start = { settings, screen, ends, signal: interrupt.signal, stateDir: state.dir };
  const opened: Opened = {};
  try {
    return await Promise.race([run(start, opened), interrupt.happened.then(() => finish(start, opened))]);
  } catch (error) {
    if (interrupt.signal.aborted) return "interrupted";
    if (!(error instanceof ChildFailed || error instanceof ReportApiFailed)) throw error;
    screen.say(screen.colors.red(error.message));
    state.keep();
    return "undecided";
  } finally {
    if (!settings.exit) screen.say("Stopping everything");
    await opened.pull?.close();
    await stopStack(ends);
    state.close();
    interrupt.off();
  }
}

interface Start {
  readonly settings: DevSettings;
  readonly screen: Screen;
  readonly ends: Ends;
  readonly signal: AbortSignal;
  readonly stateDir: string;
}

/** What there is to close by the time something else happens. */
interface Opened {
  pull?: OpenedPull;
  watching?: () => Promise<StartResult>;
}

async function run(start: Start, opened: Opened): Promise<StartEnd> {
  const { settings, screen, ends, signal, stateDir } = start;
  const { between } = settings;
  const example = between.kind === "example" ? EXAMPLES[between.name] : null;
  const prodUrl =
    between.kind === "servers" ? between.prod : await serve(exampleServer(EXAMPLES[between.name].production), ends);
  const api = newReportApi(settings.ports.report, settings.serviceToken);
  const change = changeOf(start);
  const { webhook, ui } = settings.ports;
  const pagesOrigin = ui === null ? null : `http://localhost:${ui}`;
  const onStart = (pid: number, title: string): void => ends.record.add(pid, title);
  const provisioner = await startLocalProvisioner({ change, api, port: webhook, pagesOrigin, stateDir, onStart });
  ends.others.push(provisioner);
  const stack = await startStack({ settings, prodUrl, api, stateDir, screen }, ends);
  const opening = openPull({ change, provisioner, api, screen, signal });
  opened.pull = await Promise.race([stack.broken, opening]);
  const session = sessionOf(start, stack, opened.pull.id);
  announce(session, settings);
  if (example !== null) return Promise.race([stack.broken, showExample(start, session, example)]);
  const began = Date.now();
  opened.watching = () => resultOfWatching(session, began);
  await Promise.race([stack.broken, watchServers(session)]);
  return stack.broken;
}

/** Never settles: an interrupt or a broken process ends the wait from outside. */
function untilStopped(): Promise<never> {
  return new Promise(() => undefined);
}

async function showExample(start: Start, session: Session, example: Example): Promise<StartEnd> {
  const { settings, screen } = start;
  const result = await runExample(session, example, settings.requests);
  show(result, settings, screen);
  if (settings.exit) return result.result === "watched" ? "passed" : result.result;
  screen.say(`Everything keeps running: send requests of your own to ${session.teeOrigin}. Ctrl-C stops it.`);
  return untilStopped();
}

/** After Ctrl-C: between two servers of the user's, the summary of what came by. */
async function finish({ settings, screen }: Start, { watching }: Opened): Promise<StartEnd> {
  if (watching !== undefined)
    await watching()
      .then((result) => show(result, settings, screen))
      .catch(() => undefined);
  return "interrupted";
}

function show(result: StartResult, { json }: DevSettings, screen: Screen): void {
  screen.print(json ? JSON.stringify(result) : summaryOf(result, screen.colors));
}

function announce({ teeOrigin, reportUrl, screen }: Session, { between, rate, ports, alerts }: DevSettings): void {
  const { cyan, bold } = screen.colors;
  screen.say(
    `${bold("Running.")} Tee ${cyan(teeOrigin)}, report API ${cyan(`http://localhost:${ports.report}`)}, report ${cyan(reportUrl)}`,
  );
  screen.say(alertNotice(alerts));
  if (between.kind === "example") return;
  screen.say(
    `Production is ${between.prod}, the shadow ${between.shadow}. ${rate * 100} % of the requests are mirrored.`,
  );
  screen.say(
    `Send your traffic to ${cyan(teeOrigin)} instead of production, for example: curl ${teeOrigin}/. Ctrl-C stops everything.`,
  );
}

function sessionOf({ settings, screen, signal }: Start, { api }: Stack, id: string): Session {
  const { ui, tee } = settings.ports;
  const reportUrl = ui === null ? `${api.origin}/api/deployments/${id}` : `http://localhost:${ui}/deployments/${id}`;
  return { api, id, teeOrigin: `http://localhost:${tee}`, reportUrl, screen, signal };
}

function changeOf({ settings, stateDir }: Start): Change {
  const { between, rate, controlShare, registration } = settings;
  const shares = { rate, controlShare, registration };
  if (between.kind === "servers") return changeOfServers(between, shares);
  return changeOfExample(EXAMPLES[between.name], stateDir, shares);
}

/** On a free port of this machine. */
async function serve(listener: RequestListener, ends: Ends): Promise<string> {
  const server = createServer(listener);
  ends.servers.push(server);
  const port = await freePort();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return `http://127.0.0.1:${port}`;
}

function portsOf({ ports }: DevSettings): readonly WantedPort[] {
  return [
    { port: ports.tee, use: "the tee", flag: "--tee-port" },
    { port: ports.webhook, use: "the webhook service", flag: "--webhook-port" },
    { port: ports.report, use: "the report API", flag: "--report-port" },
    ...(ports.ui === null ? [] : [{ port: ports.ui, use: "the pages", flag: "--ui-port" }]),
  ];
}

/** The folder of this start. A temporary one is removed at the end, unless something failed and its logs are needed. */
function openState({ stateDir, exit, fresh }: DevSettings): { readonly dir: string; keep(): void; close(): void } {
  const temporary = stateDir === null && exit;
  const dir = temporary ? mkdtempSync(join(tmpdir(), "shadow-infra-")) : (stateDir ?? STATE_DIR);
  if (fresh && !temporary)
    for (const name of ["store", "migrations.stamp"]) rmSync(join(dir, name), { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  let wanted = false;
  return {
    dir,
    keep() {
      wanted = true;
    },
    close() {
      if (temporary && !wanted) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
