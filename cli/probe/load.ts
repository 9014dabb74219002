/** Load mode: one endpoint after the other under growing concurrency, each step for so long. Not for services in use by anybody else. */
import { type LoadedStep, type LoadFound, loadedStep, loadSummary, stopAfter } from "../../core/probe/load.ts";
import { namesOf } from "../../core/probe/results.ts";
import type { Sample } from "../../core/probe/sample.ts";
import type { LoadStep, LoadSummary } from "../../core/wire/api/probes.ts";
import { peerAt } from "../http/peer.ts";
import type { ProbeOptions } from "./options.ts";
import type { Plan, PlannedEndpoint } from "./plan.ts";
import { probeOnce } from "./request.ts";
import { UsageError } from "./usage.ts";

const MS = 1_000;

/** The load mode as it was asked for. */
export interface LoadTerms {
  /** Concurrencies, rising. */
  readonly steps: readonly number[];
  /** Of each step. */
  readonly seconds: number;
  /** The one that is judged. */
  readonly at: number;
}

/** Undefined: no load mode. Throws a `UsageError`. */
export function loadTermsOf({ load, loadAt, stepSeconds }: ProbeOptions): LoadTerms | undefined {
  if (load === undefined) {
    if (loadAt === undefined) return undefined;
    throw new UsageError("--load-at names a step of --load: say --load 1,2,4,8 as well.");
  }
  const at = loadAt ?? load[0] ?? 1;
  if (!load.includes(at)) throw new UsageError(`--load-at ${at} is no step of --load ${load.join(",")}.`);
  return { steps: load, seconds: stepSeconds, at };
}

export interface Loading extends LoadTerms {
  readonly signal: AbortSignal;
  readonly said: (line: string) => void;
}

/** The steps of all endpoints in their order; what there is when `signal` ends it. */
export async function runLoad(plan: Plan, loading: Loading): Promise<LoadFound> {
  const steps: LoadStep[] = [];
  const summary: Record<string, LoadSummary> = {};
  const names = namesOf(plan.endpoints);
  for (const [index, endpoint] of plan.endpoints.entries()) {
    if (loading.signal.aborted) break;
    const name = names[index] ?? endpoint.path;
    loading.said(`load on ${name}: ${loading.steps.join(", ")} at a time, ${loading.seconds} s each`);
    const { loaded, stopped } = await stepsOf(plan, { name, endpoint }, loading);
    const terms = { endpoint: name, budgets: endpoint.budgets, at: loading.at, stopped };
    const one = loadSummary(loaded, terms);
    summary[name] = one;
    steps.push(...loaded.map(({ step }) => (step.concurrency === one.knee ? { ...step, knee: true as const } : step)));
  }
  return { steps, summary };
}

interface Target {
  readonly name: string;
  readonly endpoint: PlannedEndpoint;
}

interface Stepped {
  readonly loaded: readonly LoadedStep[];
  /** Why there are no higher ones. */
  readonly stopped: string | null;
}

async function stepsOf(plan: Plan, { name, endpoint }: Target, loading: Loading): Promise<Stepped> {
  const loaded: LoadedStep[] = [];
  for (const concurrency of loading.steps) {
    const startedAt = performance.now();
    const samples = await underLoad(endpoint, { ...loading, plan, concurrency });
    // Half a step would be a dent in the curve.
    if (loading.signal.aborted) break;
    const elapsedS = (performance.now() - startedAt) / MS;
    const step = loadedStep(samples, { endpoint: name, concurrency, elapsedS });
    loaded.push(step);
    const stopped = concurrency === loading.steps.at(-1) ? null : stopAfter(step, plan.timeoutMs);
    if (stopped === null) continue;
    loading.said(`load on ${name} ${stopped}`);
    return { loaded, stopped };
  }
  return { loaded, stopped: null };
}

interface Step extends Loading {
  readonly plan: Plan;
  readonly concurrency: number;
}

async function underLoad(endpoint: PlannedEndpoint, step: Step): Promise<readonly Sample[]> {
  const { plan, concurrency, seconds, signal } = step;
  const server = peerAt(plan.baseUrl, concurrency);
  const endsAt = performance.now() + seconds * MS;
  const samples: Sample[] = [];
  const work = async (): Promise<void> => {
    while (performance.now() < endsAt)
      samples.push(await probeOnce(server, endpoint, { timeoutMs: plan.timeoutMs, signal }));
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    server.agent.destroy();
  }
  return samples;
}
