/**
 * Each part in each of its faults: clients get the same bytes as with mirroring off, and as fast. Three runs of a cell, because
 * on a busy machine anything is late once: a stall counts when the same kind of request has one in two of them.
 */

import { waitFor } from "../../servers/wait-for.ts";
import type { Cell, Trial } from "../cell.ts";
import type { Item } from "../client/exchange.ts";
import { mix, warmUp } from "../client/mix.ts";
import { type RunResult, run, STALL_MS } from "../client/run.ts";
import { ALWAYS_TAKEN, isDrawn } from "../client/sampling.ts";
import { type Deployment, deploy } from "../deployment.ts";
import type { Account } from "../ledger.ts";
import { never, type Row } from "../promise.ts";
import { MODES, type Mode } from "../rig/faulty.ts";
import { PARTS, type Part } from "../rig/rig.ts";

const RUNS = 3;

/** The share that is mirrored takes turns: all, and a half that sampling has to choose. */
const RATES = [1, 0.5, 1] as const;

export const FAULT_CELLS: readonly Cell[] = [
  { name: "everything whole", run: (trial) => cell("everything whole", { part: "shadow", mode: "none" }, trial) },
  ...PARTS.flatMap((part) =>
    MODES.filter((mode) => mode !== "none").map((mode): Cell => {
      const name = `${part} ${mode}`;
      return { name, run: (trial) => cell(name, { part, mode }, trial) };
    }),
  ),
];

interface Fault {
  readonly part: Part;
  readonly mode: Mode;
}

async function cell(name: string, fault: Fault, trial: Trial): Promise<readonly Row[]> {
  const results: RunResult[] = [];
  for (let at = 0; at < RUNS; at += 1) {
    // A quick trial runs again only where something was late, to see whether it is late again.
    if (trial.isQuick && at > 0 && results.every(({ stalls }) => stalls.length === 0)) break;
    trial.say(`${name}: run ${at + 1}`);
    results.push(await oneRun(name, { fault, at, trial }));
  }
  const requests = results.reduce((sum, one) => sum + one.requests, 0);
  return [
    never(
      name,
      `added client errors in ${requests} requests`,
      results.flatMap(({ errors }) => errors),
    ),
    never(
      name,
      `answers with other bytes or headers in ${requests}`,
      results.flatMap(({ differences }) => differences),
    ),
    never(name, `stalls over ${STALL_MS} ms above the control that come again`, repeated(results)),
  ];
}

interface OneRun {
  readonly fault: Fault;
  readonly at: number;
  readonly trial: Trial;
}

async function oneRun(name: string, { fault, at, trial }: OneRun): Promise<RunResult> {
  const { rig, signal, isQuick } = trial;
  const rate = RATES[at % RATES.length] ?? 1;
  const deployment = await deploy(rig, { rate });
  const running = { ports: rig.ports, host: deployment.host, signal };
  const warm = warmUp(at);
  const items = mix(at, !isQuick);
  // The first one brings the table; those that come before it would be unrouted.
  const before = await run(warm.slice(0, 1), running);
  await waitFor(async () => rig.wires.hasTable(deployment.host) || undefined, "a table");
  const first = joined(before, await run(warm.slice(1), running));
  await rig.set(fault.part, fault.mode);
  try {
    const second = await run(items, running);
    trial.account(accountOf({ cell: name, fault, deployment }, [...warm, ...items]));
    return joined(first, second);
  } finally {
    await rig.set(fault.part, "none");
    await deployment.close();
  }
}

interface Counted {
  readonly cell: string;
  readonly fault: Fault;
  readonly deployment: Deployment;
}

function accountOf({ cell: name, fault, deployment: { target, host } }: Counted, items: readonly Item[]): Account {
  const now = Date.now();
  const { deploymentId, rate } = target;
  const perMethod = new Map<string, number>();
  const sampled = items.filter(({ method, client }) => {
    const before = perMethod.get(method) ?? 0;
    perMethod.set(method, before + 1);
    return before < ALWAYS_TAKEN || isDrawn(client, { deploymentId, rate, now });
  });
  // Messages that our own code made unreadable stay in flight until they count as lost, an hour later.
  const mayStayInFlight = fault.part === "own" && fault.mode === "garbage";
  return { cell: name, deploymentId, host, sent: items.length, sampled: sampled.length, mayStayInFlight };
}

function joined(first: RunResult, second: RunResult): RunResult {
  return {
    requests: first.requests + second.requests,
    errors: [...first.errors, ...second.errors],
    differences: [...first.differences, ...second.differences],
    stalls: [...first.stalls, ...second.stalls],
  };
}

/** Kinds of requests that were late in two runs. */
function repeated(results: readonly RunResult[]): readonly string[] {
  const runsOf = new Map<string, number[]>();
  for (const { stalls } of results)
    for (const [label, worst] of worstOf(stalls)) runsOf.set(label, [...(runsOf.get(label) ?? []), worst]);
  return [...runsOf].flatMap(([label, worst]) =>
    worst.length >= 2 ? `${label}: ${worst.map((ms) => `+${Math.round(ms)} ms`).join(", ")}` : [],
  );
}

function worstOf(stalls: RunResult["stalls"]): ReadonlyMap<string, number> {
  const worst = new Map<string, number>();
  for (const { label, byMs } of stalls) worst.set(label, Math.max(byMs, worst.get(label) ?? 0));
  return worst;
}
