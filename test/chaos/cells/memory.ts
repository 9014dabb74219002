/** What clients, answers and shadows that wish ill can make the tee's process hold: its memory and open files, alone in its workerd. */
import { pause } from "../../servers/wait-for.ts";
import type { Cell, Trial } from "../cell.ts";
import { exchange } from "../client/exchange.ts";
import { readFor, stopReading, upload } from "../client/hostile.ts";
import { small, type To } from "../client/steady.ts";
import { deploy } from "../deployment.ts";
import { atMost, type Row } from "../promise.ts";
import { memory, openFiles, peakMemory, resetPeak } from "../rig/process.ts";
import type { Rig } from "../rig/rig.ts";

const MB = 1024 * 1024;
const GROWTH_LIMIT_MB = 32;
const OPEN_FILES_LIMIT = 200;

/** Before memory is measured: code is compiled, buffers are made. */
const WARM_REQUESTS = 300;
const WARM_CLIENTS = 16;

/** Uploads at once. Each has a buffer of the runtime's own, which a Worker that only hands on needs as well. */
const UPLOADING = 10;

interface Load {
  readonly name: string;
  send(to: To, trial: Trial): Promise<unknown>;
}

const LOADS: readonly Load[] = [
  { name: "200 MB answer to a stopped client", send: (to) => stopReading(to, `/b/1?k=stream&n=${200 * MB}`, 6_000) },
  {
    name: "50 uploads of 8 MB",
    send: (to) => uploads(to, 50),
  },
  {
    name: "endless drip",
    send: (to, { isQuick }) =>
      Promise.all(Array.from({ length: 20 }, () => readFor(to, "/b/1?k=drip", isQuick ? 3_000 : 15_000))),
  },
  {
    name: "gzip bombs of 200 MB",
    send: (to) => Promise.all(Array.from({ length: 10 }, () => readFor(to, `/b/1?k=bomb&n=${200 * MB}`, 3_000))),
  },
];

/** Half of them say their length. */
async function uploads(to: To, count: number): Promise<void> {
  const left = Array.from({ length: count }).keys();
  const client = async (): Promise<void> => {
    for (const at of left) await upload(to, 8 * MB, at % 2 === 0);
  };
  await Promise.all(Array.from({ length: UPLOADING }, client));
}

export const MEMORY_CELLS: readonly Cell[] = [
  ...LOADS.map((load): Cell => ({ name: load.name, run: (trial) => grown(load, trial) })),
  { name: "hung shadow at full mirroring", run: hungShadow },
];

async function grown({ name, send }: Load, trial: Trial): Promise<readonly Row[]> {
  const { rig } = trial;
  const { host, close } = await deploy(rig);
  const to = { port: rig.ports.tee, host };
  await warm(to);
  const value = await growth(rig.pid(), () => send(to, trial));
  await close();
  const control = { port: rig.ports.passthrough, host: "off.test" };
  await warm(control);
  const off = await growth(rig.controlPid, () => send(control, trial));
  const promise = `memory grows by (a Worker that only hands on: ${Math.round(off)} MB)`;
  return [atMost(name, promise, { limit: GROWTH_LIMIT_MB, value, unit: "MB" })];
}

/** The peak of the process over what it held before. Megabytes. */
async function growth(pid: number, load: () => Promise<unknown>): Promise<number> {
  await pause(500);
  const before = memory(pid);
  resetPeak(pid);
  await load();
  return (peakMemory(pid) - before) / MB;
}

async function warm(to: To): Promise<void> {
  await smallOnes(to, { clients: WARM_CLIENTS, isDone: (sent) => sent >= WARM_REQUESTS });
}

interface Volume {
  readonly clients: number;
  isDone(sent: number): boolean;
}

/** Resolves with how many were sent. */
async function smallOnes(to: To, { clients, isDone }: Volume): Promise<number> {
  let sent = 0;
  const client = async (): Promise<void> => {
    while (!isDone(sent)) {
      sent += 1;
      await exchange(small(), { ...to, id: `memory-${to.host}-${sent}` });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return sent;
}

const ROUNDS = 3;
/** The runtime keeps an idle connection for 5 s. */
const IDLE_MS = 6_000;
const ROUND_MS = 4_000;
const QUICK_ROUND_MS = 1_500;
const THROUGHPUT_GOAL = 0.9;

/** Healthy and hung take turns, each round with deployments of its own: an open breaker would make the next one easy. */
async function hungShadow({ rig, isQuick, say }: Trial): Promise<readonly Row[]> {
  const cell = "hung shadow at full mirroring";
  const ms = isQuick ? QUICK_ROUND_MS : ROUND_MS;
  const rounds = isQuick ? 1 : ROUNDS;
  const ratios: number[] = [];
  const grew: number[] = [];
  let files = 0;
  for (let round = 0; round < rounds; round += 1) {
    say(`${cell}: round ${round + 1}`);
    const healthy = await loaded(rig, ms);
    // Connections of the healthy half that idle are closed by then: what is counted is the hung shadow's.
    await pause(IDLE_MS);
    await rig.set("shadow", "hang");
    const watching = setInterval(() => (files = Math.max(files, openFiles(rig.pid()))), 50);
    let hung = 0;
    grew.push(await growth(rig.pid(), async () => (hung = await loaded(rig, ms))));
    clearInterval(watching);
    await rig.set("shadow", "none");
    ratios.push(hung / healthy);
  }
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  return [
    atMost(cell, "memory of the tee grows by", { limit: GROWTH_LIMIT_MB, value: Math.max(...grew), unit: "MB" }),
    atMost(cell, "open files of the tee", { limit: OPEN_FILES_LIMIT, value: files, unit: "files" }),
    {
      cell,
      promise: "requests per second, as a share of those with a healthy shadow",
      goal: `at least ${THROUGHPUT_GOAL}`,
      measured: ratio.toFixed(2),
      isKept: ratio >= THROUGHPUT_GOAL,
      seen: [],
    },
  ];
}

async function loaded(rig: Rig, ms: number): Promise<number> {
  const { host, close } = await deploy(rig);
  const to = { port: rig.ports.tee, host };
  await warm(to);
  const until = performance.now() + ms;
  const sent = await smallOnes(to, { clients: WARM_CLIENTS, isDone: () => performance.now() > until });
  await close();
  return sent;
}
