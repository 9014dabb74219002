/**
 * One deployment from its first request to its summary, on a stack that runs already:
 * provision -> traffic (or the user's own) -> account for every request -> result.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { type Accounting, accountForAll, missingOf, sumOf } from "./account.ts";
import { checkExample } from "./check.ts";
import type { Example, ExampleRequest } from "./examples/example.ts";
import { type ReportApi, readDeployment, readDrifts, readLedger, readRoutes } from "./report-api.ts";
import { RESULT_SCHEMA_VERSION, type StartResult } from "./result.ts";
import type { Screen } from "./screen.ts";
import { type Sent, sendTraffic, warmUp } from "./traffic.ts";

export interface Session {
  readonly api: ReportApi;
  readonly id: string;
  readonly teeOrigin: string;
  readonly reportUrl: string;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/** How often the live line is renewed between two servers of the user's. */
const WATCH_MS = 1_000;

/** Sends an example's traffic, waits until all of it is accounted for, and says whether the report is right. */
export async function runExample(session: Session, example: Example, limit: number | null): Promise<StartResult> {
  const requests = limit === null ? example.traffic : takeFrom(example.traffic, limit);
  const watched = await runTraffic(session, requests);
  const outcome = checkExample(example, watched.drifts);
  const passed = outcome.passed && watched.requests?.unanswered === 0;
  const result = watched.missing.length === 0 ? (passed ? "passed" : "failed") : "undecided";
  return { ...watched, example: example.name, outcome, result };
}

/** Sends requests through the tee, waits until all of them are accounted for, and reads the report. */
export async function runTraffic(session: Session, requests: readonly ExampleRequest[]): Promise<StartResult> {
  const { screen, signal, teeOrigin: origin } = session;
  const began = Date.now();
  const progress = (sent: number, total: number): void =>
    screen.live(`Sending ${sent} of ${total} requests through the tee`);
  const traffic = { origin, requests, signal, progress };
  const first = await warmUp(traffic);
  const rest = await sendTraffic({ ...traffic, requests: requests.slice(1) });
  const sent: Sent = { sent: first.sent + rest.sent, unanswered: first.unanswered + rest.unanswered };
  screen.say(`Sent ${sent.sent} requests through the tee. Waiting until each of them is accounted for.`);
  const accounting = await accountForAll({
    ...session,
    sent: sent.sent,
    progress: (ledger) => screen.live(lineOf(ledger)),
  });
  const report = await readReport(session);
  return {
    ...headOf(session, began),
    ...report,
    ...accountingOf(accounting),
    example: null,
    requests: sent,
    outcome: null,
    result: "watched",
  };
}

/** Shows a live line of the user's own traffic until the signal. */
export async function watchServers({ api, id, screen, signal }: Session): Promise<void> {
  let last = "";
  while (!signal.aborted) {
    const ledger = await readLedger(api, id).catch(() => null);
    const line = ledger === null ? last : lineOf(ledger);
    if (line !== last) screen.live(line);
    last = line;
    await sleep(WATCH_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** What the report says of the user's traffic so far. */
export async function resultOfWatching(session: Session, began: number): Promise<StartResult> {
  const ledger = await readLedger(session.api, session.id);
  const missing = missingOf(ledger, ledger.seen + ledger.unrouted);
  const report = await readReport(session);
  return {
    ...headOf(session, began),
    ...report,
    ledger,
    missing,
    example: null,
    requests: null,
    outcome: null,
    result: "watched",
  };
}

async function readReport({ api, id }: Session) {
  const [deployment, drifts, routes] = await Promise.all([
    readDeployment(api, id),
    readDrifts(api, id),
    readRoutes(api, id),
  ]);
  return { counts: deployment.counts, drifts, routes, noise: routes.reduce((sum, route) => sum + route.noise, 0) };
}

function headOf({ id, reportUrl }: Session, began: number) {
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    deploymentId: id,
    reportUrl,
    seconds: (Date.now() - began) / 1000,
  } as const;
}

function accountingOf({ ledger, missing }: Accounting) {
  return { ledger, missing };
}

function lineOf(ledger: Ledger): string {
  const ends = `${ledger.compared} compared, ${sumOf(ledger.skipped)} skipped, ${ledger.shadowFailed} without an answer, ${sumOf(ledger.dropped)} dropped`;
  return `${ledger.seen} seen, ${ledger.sampled} sampled: ${ends}, ${ledger.inFlight} on the way`;
}

/** The first so many, from the start again when there are fewer. */
function takeFrom<T>(list: readonly T[], count: number): readonly T[] {
  return Array.from({ length: count }, (_, i) => list[i % list.length]).filter((one) => one !== undefined);
}
