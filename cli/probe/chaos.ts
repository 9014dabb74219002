/**
 * Chaos mode: baseline -> faults -> recovery, all through a proxy of our own in front of the service, so that the three differ in the faults
 * alone. Sends and times; what it amounts to is `core/probe/chaos.ts`.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  chaosFaults,
  type Faults,
  type Phase,
  type PhaseFigures,
  phaseFigures,
  type Recovery,
  recoveredAt,
  recoveryLimit,
} from "../../core/probe/chaos.ts";
import { namesOf } from "../../core/probe/results.ts";
import { isUnreachable, type Sample } from "../../core/probe/sample.ts";
import { FAULTS_HEADER, formatFaults } from "../../core/wire/faults.ts";
import { type FaultProxy, NO_NETWORK_FAULTS, startFaultProxy } from "../../infra/local/faults/proxy.ts";
import { type Server, serverAt } from "../replay/ask.ts";
import { addressOf, type Plan, type PlannedEndpoint } from "./plan.ts";
import { probeOnce } from "./request.ts";

const MS = 1_000;
/** What comes back at once must not make a phase of thousands of requests. */
const PAUSE_AFTER_FAILURE_MS = 20;

export interface Chaos {
  readonly faults: Faults;
  readonly seed: number;
  readonly phaseS: number;
  /** The time that the service has to recover. */
  readonly recoverS: number;
}

export interface ChaosRun {
  readonly plan: Plan;
  readonly chaos: Chaos;
  readonly signal: AbortSignal;
  readonly said: (line: string) => void;
}

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
  const host = baseUrl.hostname.replace(/^\[|\]$/g, "");
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

interface Target {
  readonly name: string;
  readonly endpoint: PlannedEndpoint;
  /** Digests of the bodies that it answered without faults; one alone is what it has to answer. */
  readonly bodies: Set<string>;
}

interface State {
  readonly run: ChaosRun;
  readonly proxy: FaultProxy;
  readonly endpoints: readonly Target[];
  sent: number;
}

interface Found {
  readonly figures: PhaseFigures[];
  readonly recoveries: Recovery[];
}

/** The service itself is named in each request, though it goes to the proxy. */
function endpointsOf({ baseUrl, endpoints }: Plan): readonly Target[] {
  const names = namesOf(endpoints);
  return endpoints.map((endpoint, n) => ({
    name: names[n] ?? endpoint.path,
    endpoint: { ...endpoint, headers: { ...endpoint.headers, host: baseUrl.host } },
    bodies: new Set(),
  }));
}

/** The sentence where nothing can be said. */
async function phases(state: State, found: Found): Promise<string | null> {
  const { chaos, said } = state.run;
  said(`baseline: ${chaos.phaseS} s without faults`);
  const before = await phase(state, "baseline");
  found.figures.push(...figuresOf("baseline", before));
  const unusable = unusableAt(state, before);
  if (unusable !== null) return unusable;
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

function unusableAt({ run: { plan } }: State, seen: Seen): string | null {
  const all = [...seen.values()].flat();
  if (all.length > 0 && all.every((sample) => isUnreachable(sample) || sample.failed === "reset"))
    return `${addressOf(plan.baseUrl)} cannot be reached: start the service, or give its address with --base-url.`;
  const failing = [...seen].filter(
    ([, samples]) => samples.filter(({ failed }) => failed !== null).length * 2 > samples.length,
  );
  if (failing.length === 0) return null;
  const names = failing.map(
    ([name, samples]) => `${name} (${samples.find(({ failed }) => failed !== null)?.detail ?? ""})`,
  );
  return `Without any fault more than half of the requests fail already: ${names.join(", ")}. Nothing can be said of what faults do; make it answer first.`;
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

function proxied({ proxy, run: { plan } }: State): Server {
  const url = new URL(plan.baseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  return serverAt(url, [], plan.concurrency);
}

interface Asking {
  readonly target: Target;
  readonly name: Phase;
}

function askOnce(state: State, server: Server, { target, name }: Asking): Promise<Sample> {
  const { plan, chaos, signal } = state.run;
  state.sent += 1;
  const { d1LatencyMs, failRate } = chaos.faults;
  const asks = name === "faults" && (d1LatencyMs > 0 || failRate > 0);
  // Each request draws for itself, whatever order concurrency gives them.
  const seed = (chaos.seed + state.sent) >>> 0;
  const headers: Readonly<Record<string, string>> = asks
    ? { [FAULTS_HEADER]: formatFaults({ d1LatencyMs, failRate, seed }) }
    : {};
  const endpoint = {
    ...target.endpoint,
    headers: { ...target.endpoint.headers, ...headers },
    check: (body: Buffer) => target.endpoint.check?.(body) ?? differing(body, target.bodies, name),
  };
  return probeOnce(server, endpoint, { timeoutMs: plan.timeoutMs, signal });
}

/** An endpoint that always answered the same has to go on with it. */
function differing(body: Buffer, bodies: Set<string>, name: Phase) {
  const digest = createHash("sha256").update(body).digest("base64");
  if (name === "baseline") bodies.add(digest);
  if (name === "baseline" || bodies.size !== 1 || bodies.has(digest)) return null;
  if (name === "faults" && isDeclared(body)) return null;
  return { failed: "different" as const, detail: "the body is not the one it answered without faults" };
}

/** Names of JSON fields by which an answer says itself that it is not what it should be. */
const DECLARED = ["stale", "partial", "degraded", "incomplete"] as const;

/** Less than usual, and says so: nobody is misled. */
function isDeclared(body: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    const fields = typeof value === "object" && value !== null ? new Map<string, unknown>(Object.entries(value)) : null;
    return DECLARED.some((name) => fields?.get(name) === true);
  } catch {
    return false;
  }
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
  try {
    while (performance.now() < startedAt + chaos.recoverS * MS && !tries.every(isDone))
      for (const one of tries.filter((some) => !isDone(some))) {
        const sample = await askOnce(state, server, { target: one.target, name: "recovery" });
        one.at.push(performance.now() - startedAt);
        one.samples.push(sample);
        if (sample.failed !== null) await sleep(PAUSE_AFTER_FAILURE_MS);
      }
  } finally {
    server.agent.destroy();
  }
  return tries.map(({ target, samples, at }) => {
    const index = recoveredAt(samples, limits.get(target.name) ?? 0);
    return { endpoint: target.name, ms: index === null ? null : Math.round(at[index] ?? 0) };
  });
}
