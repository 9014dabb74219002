/** plan -> wait -> run -> load -> results -> verdict. What is printed and written, and the exit code, are the command's. */
import { countedFailures } from "../../core/probe/failure-counts.ts";
import { type LoadFound, withLoad } from "../../core/probe/load.ts";
import { namesOf, resultsOf } from "../../core/probe/results.ts";
import { type LoadTerms, runLoad } from "./load.ts";
import { addressOf, type Plan } from "./plan.ts";
import type { ProbeProgress } from "./progress.ts";
import type { ProbeReport, Verdict } from "./report.ts";
import { notReached, type Probed, runPlan } from "./run.ts";
import { waitUntilHealthy } from "./wait.ts";

export interface ProbeRun {
  readonly plan: Plan;
  /** Seconds; undefined: not at all. */
  readonly waitS?: number;
  readonly load?: LoadTerms;
  readonly signal: AbortSignal;
  readonly progress: ProbeProgress;
  /** The time that the results carry. */
  readonly now: () => Date;
}

/** Never rejects for what a service does. */
export async function probe(run: ProbeRun): Promise<ProbeReport> {
  const { plan, signal, progress } = run;
  const unhealthy = await waited(run);
  const names = namesOf(plan.endpoints);
  const told = (index: number, done: number): void => progress.show(names[index] ?? "", done, plan.iterations);
  const probed = unhealthy !== null || signal.aborted ? nothing(plan, signal) : await runPlan(plan, signal, told);
  const isUp = unhealthy === null && probed.unreachable === null && !signal.aborted;
  const load =
    run.load === undefined || !isUp ? NO_LOAD : await runLoad(plan, { ...run.load, signal, said: progress.say });
  progress.clear();
  return reportOf(run, { probed: { ...probed, interrupted: signal.aborted }, load, unhealthy });
}

const NO_LOAD: LoadFound = { steps: [], summary: {} };

interface Outcome {
  readonly probed: Probed;
  readonly load: LoadFound;
  /** The sentence where it was waited for in vain. */
  readonly unhealthy: string | null;
}

function reportOf({ plan, now }: ProbeRun, { probed, load, unhealthy }: Outcome): ProbeReport {
  const sides = plan.endpoints.map((endpoint, n) => ({
    ...endpoint,
    ...(probed.ran[n] ?? { samples: [], compare: [] }),
  }));
  const facts = {
    timestamp: now().toISOString(),
    baseUrl: addressOf(plan.baseUrl),
    iterations: plan.iterations,
    origin: plan.origin,
    interrupted: probed.interrupted,
    compare: plan.compare === null ? null : { ...plan.compare, baseUrl: addressOf(plan.compare.url) },
  };
  const results = withLoad(resultsOf(facts, sides), load);
  const names = namesOf(sides);
  const failureCounts = Object.fromEntries(sides.map(({ samples }, n) => [names[n] ?? "", countedFailures(samples)]));
  return {
    results,
    plan,
    failureCounts,
    verdict: verdictOf(plan, { probed, unhealthy, passed: results.passed === true }),
  };
}

type Judged = Omit<Outcome, "load"> & { readonly passed: boolean };

function verdictOf(plan: Plan, { probed, unhealthy, passed }: Judged): Verdict {
  if (probed.interrupted) return { kind: "interrupted" };
  if (unhealthy !== null) return { kind: "unreachable", sentence: unhealthy };
  if (probed.unreachable !== null) return { kind: "unreachable", sentence: unreachable(plan, probed.unreachable) };
  return { kind: passed ? "passed" : "failed" };
}

function unreachable({ compare }: Plan, { url, sample }: NonNullable<Probed["unreachable"]>): string {
  const flag = url === compare?.url ? "--compare-url" : "--base-url";
  const seen = `${sample.failed} ${sample.detail}`;
  const advice = ADVICE.find(([pattern]) => pattern.test(seen))?.[1] ?? "start the service, wait for it with --wait 30";
  return `${addressOf(url)} cannot be reached, ${sample.detail ?? sample.failed}: ${advice}, or give its address with ${flag}.`;
}

/** By the reason and Node's code; the first that fits. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/EPROTO|WRONG_VERSION/, "it may speak http:// and not https:// there"],
  [/ALTNAME_INVALID/, "its certificate is for other names than this one"],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, "renew its certificate, look at the clock of this machine"],
  [/^tls/, "name its authority's certificate in NODE_EXTRA_CA_CERTS"],
  [/^timeout/, "look at the service's log, give it longer with --timeout"],
];

/** The sentence where a service did not become healthy in time. */
async function waited({ plan, waitS, signal, progress }: ProbeRun): Promise<string | null> {
  const urls = [plan.baseUrl, ...(plan.compare === null ? [] : [plan.compare.url])];
  for (const url of waitS === undefined ? [] : urls) {
    const waiting = { url, path: plan.healthPath, headers: {}, withinMs: (waitS ?? 0) * 1_000 };
    progress.say(`waiting for ${addressOf(url)}${plan.healthPath}`);
    try {
      const seen = await waitUntilHealthy(waiting, signal);
      if (seen !== null)
        return `${addressOf(url)}${plan.healthPath} did not become healthy within ${waitS} s (${seen}): look at the service's log, or name another path with --health-path.`;
    } catch (error) {
      if (!signal.aborted) throw error;
      return null;
    }
  }
  return null;
}

function nothing({ endpoints, iterations }: Plan, signal: AbortSignal): Probed {
  const samples = signal.aborted ? [] : notReached(iterations);
  return { ran: endpoints.map(() => ({ samples, compare: [] })), interrupted: signal.aborted, unreachable: null };
}
