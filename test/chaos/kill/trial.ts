/**
 * The kill trial: traffic through the tee of a local start, kill -9 at random moments, a new start on the same folder, again and
 * again; at the end every acknowledged pair must be in the database, once.
 *
 * "Acknowledged" is not taken from our own counters: a witness between tee and outbox tells this process the id of each parcel
 * that the outbox has taken, at the moment it does. The database is read with SQLite directly, with everything stopped.
 */
import { mkdtempSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { listen } from "../../servers/http.ts";
import { pause, waitFor } from "../../servers/wait-for.ts";
import { databaseFile, type Life, type Place, prepare, SERVICE_TOKEN, startLife } from "./life.ts";

export interface TrialResult {
  readonly kills: number;
  readonly requests: number;
  readonly acknowledged: number;
  /** Acknowledged ids without a row: must be empty. */
  readonly lost: readonly string[];
  /** Rows, and what the routes counted of them: must be equal, or a pair was counted twice. */
  readonly rows: number;
  readonly counted: number;
}

export interface TrialOptions {
  readonly kills: number;
  /** One line of progress. */
  readonly say?: (line: string) => void;
}

const DEPLOYMENT = "7-12-0123456789ab";
const CLIENTS = 6;
/** How long a life has traffic before it is killed, at most; some are killed while they still send what the last one left. */
const MAX_TRAFFIC_MS = 2_500;
/** Between the kill of one process and the end of the others. */
const MAX_GAP_MS = 400;
const MAX_FIRST_PAIR_MS = 30_000;
const MAX_CATCH_UP_MS = 60_000;

interface Trial {
  readonly place: Place;
  readonly acknowledged: Set<string>;
  requests: number;
  running: boolean;
  url: string | undefined;
}

export async function killTrial({ kills, say = () => undefined }: TrialOptions): Promise<TrialResult> {
  const acknowledged = new Set<string>();
  const [prod, shadow, witness] = [
    await listen(shop(10)),
    await listen(shop(11)),
    await listen(remember(acknowledged)),
  ];
  const stateDir = mkdtempSync(join(tmpdir(), "kill-trial-"));
  const place = { stateDir, trialUrl: witness.url, prodUrl: prod.url };
  const trial: Trial = { place, acknowledged, requests: 0, running: true, url: undefined };
  const clients = Promise.all(Array.from({ length: CLIENTS }, () => client(trial)));
  try {
    await prepare(place);
    for (let n = 1; n <= kills; n += 1) say(`kill ${n}: ${await oneLife(trial, shadow.url, n)}`);
    await lastLife(trial, shadow.url);
    return resultOf(trial, kills);
  } finally {
    trial.running = false;
    await clients;
    await Promise.all([prod.close(), shadow.close(), witness.close()]);
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Each answer differs from the other side's, so that every request becomes a message. */
function shop(factor: number): RequestListener {
  return (request, response) => {
    const n = Number(request.url?.split("/").at(-1));
    response.setHeader("content-type", "application/json").end(JSON.stringify({ ref: n, cost: n * factor }));
  };
}

function remember(acknowledged: Set<string>): RequestListener {
  return (request, response) => {
    acknowledged.add(request.url?.split("/").at(-1) ?? "");
    response.end();
  };
}

async function oneLife(trial: Trial, shadowUrl: string, n: number): Promise<string> {
  const before = trial.acknowledged.size;
  const life = await startLife(trial.place);
  const which = Math.random() < 0.5 ? "workerd" : "wrangler";
  try {
    // Every third is killed as early as it can be: while it sends what the last life left behind.
    if (n % 3 !== 0) await underTraffic(trial, life, shadowUrl);
    await pause(Math.random() * MAX_TRAFFIC_MS);
    life.kill(which);
    await pause(Math.random() * MAX_GAP_MS);
  } finally {
    trial.url = undefined;
    await life.end();
  }
  return `${which}, ${trial.acknowledged.size - before} pairs acknowledged`;
}

/** Until the first pair of this life is acknowledged: before that there is nothing to lose. */
async function underTraffic(trial: Trial, life: Life, shadowUrl: string): Promise<void> {
  const before = trial.acknowledged.size;
  await open(trial, life, shadowUrl);
  const flows = async () => (trial.acknowledged.size > before ? true : undefined);
  await waitFor(flows, "a pair of this life", MAX_FIRST_PAIR_MS);
}

/** Registers the deployment (the first time), renews its lease and lets the clients in. */
async function open(trial: Trial, life: Life, shadowUrl: string): Promise<void> {
  await service(life, "PUT", `/api/deployments/${DEPLOYMENT}`, {
    repository: { id: 7, fullName: "acme/shop" },
    pull: { number: 12, title: "Raise prices", url: null, branch: "raise-prices" },
    headSha: "0123456789ab",
    hosts: ["shop.test"],
    shadowOrigin: shadowUrl,
    rate: 1,
  });
  await service(life, "POST", `/api/deployments/${DEPLOYMENT}/state`, { state: "ready" });
  await service(life, "POST", `/api/deployments/${DEPLOYMENT}/lease`);
  trial.url = life.url;
}

async function service(life: Life, method: string, path: string, body?: unknown): Promise<void> {
  const response = await fetch(`${life.url}/report${path}`, {
    method,
    headers: { authorization: `Bearer ${SERVICE_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

/** Sends one request after the other while there is somebody to send to. */
async function client(trial: Trial): Promise<void> {
  while (trial.running) {
    const { url } = trial;
    if (url === undefined) await pause(20);
    else {
      trial.requests += 1;
      const response = await fetch(`${url}/orders/${trial.requests}`).catch(() => null);
      await response?.text().catch(() => undefined);
    }
  }
}

/** The last life has traffic too; then all of it has time to arrive. */
async function lastLife(trial: Trial, shadowUrl: string): Promise<void> {
  const life = await startLife(trial.place);
  try {
    await underTraffic(trial, life, shadowUrl);
    await pause(MAX_TRAFFIC_MS);
    trial.running = false;
    const arrived = async () => (missing(trial).length === 0 ? true : undefined);
    // What did not arrive is the trial's result, not its failure.
    await waitFor(arrived, "every pair", MAX_CATCH_UP_MS).catch(() => undefined);
  } finally {
    await life.end();
  }
}

function resultOf(trial: Trial, kills: number): TrialResult {
  const lost = missing(trial);
  const { requests, acknowledged } = trial;
  return { kills, requests, acknowledged: acknowledged.size, lost, ...read(trial, counts) };
}

function missing(trial: Trial): readonly string[] {
  const stored = new Set(
    read(trial, (db) =>
      db
        .prepare("SELECT id FROM response_pairs")
        .all()
        .map(({ id }) => id),
    ),
  );
  return [...trial.acknowledged].filter((id) => !stored.has(id));
}

function counts(db: DatabaseSync): { readonly rows: number; readonly counted: number } {
  const row = db
    .prepare("SELECT (SELECT count(*) FROM response_pairs) AS n, (SELECT sum(pairs) FROM routes) AS c")
    .get();
  return { rows: Number(row?.["n"]), counted: Number(row?.["c"]) };
}

function read<T>(trial: Trial, look: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(databaseFile(trial.place.stateDir), { readOnly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}
