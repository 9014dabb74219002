/** Load mode: one endpoint after the other under growing concurrency, each step for so long. Not for services in use by anybody else. */
import { kneeOf } from "../../core/probe/knee.ts";
import { percentile } from "../../core/probe/percentiles.ts";
import { namesOf } from "../../core/probe/results.ts";
import { isTimed, type Sample } from "../../core/probe/sample.ts";
import type { LoadStep } from "../../core/wire/api/probes.ts";
import { type Server, serverAt } from "../replay/ask.ts";
import type { Plan, PlannedEndpoint } from "./plan.ts";
import { probeOnce } from "./request.ts";

const MS = 1_000;

export interface Loading {
  readonly steps: readonly number[];
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly said: (line: string) => void;
}

/** The steps of all endpoints in their order; what there is when `signal` ends it. */
export async function runLoad(plan: Plan, loading: Loading): Promise<readonly LoadStep[]> {
  const all: LoadStep[] = [];
  const names = namesOf(plan.endpoints);
  try {
    for (const [index, endpoint] of plan.endpoints.entries()) {
      const name = names[index] ?? endpoint.path;
      loading.said(`load on ${name}: ${loading.steps.join(", ")} at a time, ${loading.seconds} s each`);
      all.push(...(await stepsOf(plan, { name, endpoint }, loading)));
    }
  } catch (error) {
    if (!loading.signal.aborted) throw error;
  }
  return all;
}

interface Target {
  readonly name: string;
  readonly endpoint: PlannedEndpoint;
}

async function stepsOf(plan: Plan, { name, endpoint }: Target, loading: Loading): Promise<readonly LoadStep[]> {
  const measured: { readonly step: LoadStep; readonly meanMs: number }[] = [];
  for (const concurrency of loading.steps) {
    const server = serverAt(plan.baseUrl, [], concurrency);
    try {
      const startedAt = performance.now();
      const samples = await underLoad(server, endpoint, { ...loading, plan, concurrency });
      const elapsedS = (performance.now() - startedAt) / MS;
      measured.push(stepOf(samples, { name, concurrency, elapsedS }));
    } finally {
      server.agent.destroy();
    }
  }
  const knee = kneeOf(measured.map(({ step, meanMs }) => ({ ...step, meanMs })));
  return measured.map(({ step }, index) => (index === knee ? { ...step, knee: true } : step));
}

interface Step extends Loading {
  readonly plan: Plan;
  readonly concurrency: number;
}

async function underLoad(server: Server, endpoint: PlannedEndpoint, step: Step): Promise<readonly Sample[]> {
  const { plan, concurrency, seconds, signal } = step;
  const endsAt = performance.now() + seconds * MS;
  const samples: Sample[] = [];
  const work = async (): Promise<void> => {
    while (performance.now() < endsAt)
      samples.push(await probeOnce(server, endpoint, { timeoutMs: plan.timeoutMs, signal }));
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return samples;
}

interface Terms {
  readonly name: string;
  readonly concurrency: number;
  readonly elapsedS: number;
}

function stepOf(samples: readonly Sample[], { name, concurrency, elapsedS }: Terms) {
  const times = samples
    .filter(isTimed)
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b);
  const good = samples.filter(({ failed }) => failed === null).length;
  const step: LoadStep = {
    endpoint: name,
    concurrency,
    throughput: rounded(good / elapsedS),
    p50: rounded(percentile(times, 50) ?? 0),
    p95: rounded(percentile(times, 95) ?? 0),
    failure_rate: samples.length === 0 ? 0 : rounded((samples.length - good) / samples.length),
  };
  return { step, meanMs: times.length === 0 ? 0 : times.reduce((sum, ms) => sum + ms, 0) / times.length };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
