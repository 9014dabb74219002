/**
 * Chaos mode: baseline -> faults -> recovery, all through a proxy of our own in front of the service, so that the three differ in the faults
 * alone. Sends and times; what it amounts to is `core/probe/chaos.ts`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import {
  chaosFaults,
  type Phase,
  type PhaseFigures,
  phaseFigures,
  type Recovery,
  recoveredAt,
  recoveryLimit,
} from "../../core/probe/chaos.ts";
import { isUnreachable, type Sample } from "../../core/probe/sample.ts";
import { NO_NETWORK_FAULTS, startFaultProxy } from "../../infra/local/faults/proxy.ts";
import { askOnce, type ChaosRun, endpointsOf, proxied, type State } from "./chaos-ask.ts";
import { addressOf } from "./plan.ts";

const MS = 1_000;
/** What comes back at once must not make a phase of thousands of requests. */
const PAUSE_AFTER_FAILURE_MS = 20;

export interface ChaosReport {
  readonly figures: readonly PhaseFigures[];
  readonly recoveries: readonly Recovery[];
  /** Connections that the proxy cut. */
  readonly cuts: number;
  /** What the service did wrong; empty: it held. */
  readonly wrong: readonly string[];
  /** Why nothing can be said of it. */
  readonly undecided: string | null;
  readonly interrupted: boolean;
}

/** Never rejects for what a service does. */
export async function runChaos(run: ChaosRun): Promise<ChaosReport> {
  const { baseUrl } = run.plan;
  const port = Number(baseUrl.port) || (baseUrl.protocol === "https:" ? 443 : 80);
  const host = baseUrl.hostname.replaceAll(/^\[|\]$/g, "");
  const proxy = await startFaultProxy({ host, port, seed: run.chaos.seed });
  const state: State = { run, proxy, endpoints: endpointsOf(run.plan), sent: 0 };
  const report = { figures: [] as PhaseFigures[], recoveries: [] as Recovery[], undecided: null as string | null };
  try {
    report.undecided = await phases(state, report);
  } catch (error) {
    if (!run.signal.aborted) throw error;
  } finally {
    await proxy.close();
  }
  const wrong = chaosFaults(report.figures, report.recoveries, run.chaos.recoverS);
  return { ...report, cuts: proxy.cuts(), wrong, interrupted: run.signal.aborted };
}

interface Found {
  readonly figures: PhaseFigures[];
  readonly recoveries: Recovery[];
}

/** The sentence where nothing can be said. */
async function phases(state: State, found: Found): Promise<string | null> {
  const { chaos, said } = state.run;
  said(`baseline: ${chaos.phaseS} s without faults`);
  const before = await phase(state, "baseline");
  const gone = goneAt(state, before);
  // A table of zeros would only hide the sentence.
  if (gone !== null) return gone;
  found.figures.push(...figuresOf("baseline", before));
  const failing = failingAt(before);
  if (failing !== null) return failing;
  said(`faults: ${chaos.phaseS} s`);
  found.figures.push(...figuresOf("faults", await underFaults(state)));
  said(`recovery: within ${chaos.recoverS} s`);
  for (const recovery of await recovered(state, found.figures)) found.recoveries.push(recovery);
  if (found.recoveries.every(({ ms }) => ms !== null))
    found.figures.push(...figuresOf("recovery", await phase(state, "recovery")));
  return null;
}

type Seen = ReadonlyMap<string, readonly Sample[]>;

function figuresOf(name: Phase, seen: Seen): readonly PhaseFigures[] {
  return [...seen].map(([endpoint, samples]) => phaseFigures(name, endpoint, samples));
}

function goneAt({ run: { plan } }: State, seen: Seen): string | null {
  const all = [...seen.values()].flat();
  // The proxy answers for the service, and resets what it cannot pass on.
  if (!all.every((sample) => isUnreachable(sample) || sample.failed === "reset")) return null;
  return `${addressOf(plan.baseUrl)} cannot be reached: start the service, or give its address with --base-url.`;
}

function failingAt(seen: Seen): string | null {
  const failing = [...seen].filter(
    ([, samples]) => samples.filter(({ failed }) => failed !== null).length * 2 > samples.length,
  );
  if (failing.length === 0) return null;
  const names = failing.map(
    ([name, samples]) => `${name} (${samples.find(({ failed }) => failed !== null)?.detail ?? ""})`,
  );
  return `Without any fault more than half of the requests fail already: ${names.join(", ")}. Nothing can be said of what faults do; make them answer first, or leave them out.`;
}

async function underFaults(state: State): Promise<Seen> {
  const { faults } = state.run.chaos;
  state.proxy.set(faults);
  if (faults.downS > 0) await state.proxy.down();
  const up = sleep(faults.downS * MS, undefined, { signal: state.run.signal }).then(() => state.proxy.up());
  try {
    const seen = await phase(state, "faults");
    await up;
    return seen;
  } finally {
    await up.catch(() => undefined);
    state.proxy.set(NO_NETWORK_FAULTS);
  }
}

/** Each endpoint in turn until the time is up, over connections of this phase's own. */
async function phase(state: State, name: Phase): Promise<Seen> {
  const { plan, chaos } = state.run;
  const seen = new Map<string, Sample[]>(state.endpoints.map((target) => [target.name, []]));
  const server = proxied(state);
  const endsAt = performance.now() + chaos.phaseS * MS;
  let next = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const target = state.endpoints[next % state.endpoints.length];
      next += 1;
      if (target === undefined) return;
      const sample = await askOnce(state, server, { target, name });
      seen.get(target.name)?.push(sample);
      if (sample.failed !== null) await sleep(PAUSE_AFTER_FAILURE_MS);
    }
  };
  try {
    await Promise.all(Array.from({ length: plan.concurrency }, work));
  } finally {
    server.agent.destroy();
  }
  return seen;
}

/** Asks every endpoint in turn until each has a streak of good answers, or the time is up. */
async function recovered(state: State, figures: readonly PhaseFigures[]): Promise<readonly Recovery[]> {
  const { chaos } = state.run;
  const startedAt = performance.now();
  const limits = new Map(
    figures.filter(({ phase: of }) => of === "baseline").map((one) => [one.endpoint, recoveryLimit(one)]),
  );
  const tries = state.endpoints.map((target) => ({ target, samples: [] as Sample[], at: [] as number[] }));
  const isDone = ({ target, samples }: (typeof tries)[number]): boolean =>
    recoveredAt(samples, limits.get(target.name) ?? 0) !== null;
  const server = proxied(state);
  const tryOnce = async (one: (typeof tries)[number]): Promise<void> => {
    const sample = await askOnce(state, server, { target: one.target, name: "recovery" });
    one.at.push(performance.now() - startedAt);
    one.samples.push(sample);
    if (sample.failed !== null) await sleep(PAUSE_AFTER_FAILURE_MS);
  };
  try {
    while (performance.now() < startedAt + chaos.recoverS * MS && !tries.every(isDone))
      for (const one of tries.filter((some) => !isDone(some))) await tryOnce(one);
  } finally {
    server.agent.destroy();
  }
  return tries.map(({ target, samples, at }) => {
    const index = recoveredAt(samples, limits.get(target.name) ?? 0);
    return { endpoint: target.name, ms: index === null ? null : Math.round(at[index] ?? 0) };
  });
}
