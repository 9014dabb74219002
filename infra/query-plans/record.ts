/**
 * The statements that the report Worker really issues: it runs on a filled database with every statement in its log, and is asked everything
 * that can be read.
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { freePort } from "../local/ports.ts";
import { ChildFailed, type Running, stopAll } from "../local/processes.ts";
import { type ReportProcess, startReport } from "../local/report-alone/start.ts";
import { type Call, type Known, readingCalls } from "./calls.ts";

/** The log's last lines are written a moment after the answer. */
const LOG_PAUSE_MS = 500;
const CALL_TIMEOUT_MS = 30_000;
const ATTEMPTS = 5;
const PAUSE_MS = 700;

const PageSchema = z.object({ items: z.array(z.record(z.string(), z.unknown())), nextCursor: z.string().nullish() });
const NextSchema = z.object({ nextCursor: z.string() });
const LineSchema = z.object({ event: z.literal("statement"), sql: z.string() });

export interface Recorded {
  readonly statements: readonly string[];
  /** Calls that were answered. */
  readonly answered: number;
  /** Calls that were refused, with their status: their statements may be missing. */
  readonly refused: readonly string[];
}

/** Throws `ChildFailed` where the Worker does not come up. */
export async function recordStatements(stateDir: string): Promise<Recorded> {
  const running: Running[] = [];
  try {
    const variables = { SHADOW_INFRA_NOTE_STATEMENTS: "1" };
    const report = await startReport({ stateDir, port: await freePort(), variables, running });
    const calls = readingCalls(await knownOf(report));
    const refused = await askAll(report, calls);
    await sleep(LOG_PAUSE_MS);
    const statements = statementsIn(readFileSync(report.logFile, "utf8"));
    return { statements, answered: calls.length - refused.length, refused };
  } finally {
    await stopAll(running);
  }
}

/** A list's cursor is that of its own first page; a list without a second page is not asked for it. */
async function askAll(report: ReportProcess, calls: readonly Call[]): Promise<readonly string[]> {
  const refused: string[] = [];
  const cursors = new Map<string, string>();
  for (const call of calls) {
    const [pathname = "", query = ""] = call.path.split("?");
    const cursor = cursors.get(pathname);
    const isNext = query.startsWith("cursor=");
    if (isNext && cursor === undefined) continue;
    const path = isNext ? `${pathname}?cursor=${cursor}` : call.path;
    const { status, body } = await ask(report, { ...call, path });
    const next = NextSchema.safeParse(body);
    if (next.success) cursors.set(pathname, next.data.nextCursor);
    if (status >= 400) refused.push(`${call.method} ${path}: ${status}`);
  }
  return refused;
}

/** Each once, in the order of the log. */
export function statementsIn(log: string): readonly string[] {
  const lines = log.split("\n").flatMap((line) => {
    const start = line.indexOf('{"event":"statement"');
    return start === -1 ? [] : [line.slice(start)];
  });
  return [
    ...new Set(
      lines.flatMap((line) => {
        const read = LineSchema.safeParse(parsed(line));
        return read.success ? [read.data.sql] : [];
      }),
    ),
  ];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Names of what is stored, from the API itself: a deployment, a pair, a route, a drift. */
async function knownOf(report: ReportProcess): Promise<Known> {
  const deployments = await firstPage(report, "/api/deployments?limit=1");
  const id = text(deployments.first["id"]);
  if (id === "") throw new ChildFailed("The database holds no deployment: fill one with npm run seed:report.");
  const [pairs, drifts] = [
    await firstPage(report, `/api/deployments/${id}/pairs?limit=1`),
    await firstPage(report, `/api/deployments/${id}/drifts`),
  ];
  const hosts = deployments.first["hosts"];
  const route = text(pairs.first["route"]);
  const pull = z.object({ pull: z.object({ number: z.number() }), repository: z.object({ id: z.number() }) });
  const { pull: of, repository } = pull.parse(deployments.first);
  return {
    id,
    deployment: id,
    pair: text(pairs.first["id"]),
    host: Array.isArray(hosts) ? text(hosts[0]) : "",
    repoId: String(repository.id),
    pr: String(of.number),
    route,
    corridor: route,
    signature: text(drifts.first["signature"]),
    verdict: "Warning",
    state: "ready",
    open: "true",
    limit: "5",
    cursor: pairs.nextCursor ?? "",
    branch: "main",
  };
}

async function firstPage(report: ReportProcess, path: string) {
  const { items, nextCursor } = PageSchema.parse((await ask(report, { method: "GET", path })).body);
  return { first: items[0] ?? {}, nextCursor };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The Worker is away for a moment when a file of it changes. */
async function ask(report: ReportProcess, call: Call): Promise<Answered> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askOnce(report, call).catch((error: unknown) => String(error));
    if (typeof answer !== "string") return answer;
    if (attempt === ATTEMPTS) throw new ChildFailed(`${call.method} ${call.path} was not answered: ${answer}`);
    await sleep(PAUSE_MS);
  }
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

async function askOnce({ origin }: ReportProcess, { method, path, body }: Call): Promise<Answered> {
  const init = body === undefined ? {} : { body, headers: { "content-type": "application/json" } };
  const answer = await fetch(`${origin}${path}`, { method, ...init, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
  return { status: answer.status, body: parsed(await answer.text()) };
}
