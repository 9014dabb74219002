/** What the flags of chaos mode ask for, and what has to be true before anything is broken: the right host, and a Worker that plays along. */
import { randomInt } from "node:crypto";
import { type Faults, needsWorker, PHASES } from "../../core/probe/chaos.ts";
import { FAULTS_HEADER, formatFaults } from "../../core/wire/faults.ts";
import type { Chaos } from "./chaos-ask.ts";
import type { ProbeOptions } from "./options.ts";
import { addressOf, type Plan } from "./plan.ts";
import { UsageError } from "./usage.ts";

const MAX_SEED = 2 ** 31;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Throws a `UsageError`. */
export function chaosOf(options: ProbeOptions, faults: Faults, { baseUrl, timeoutMs }: Plan): Chaos {
  const { hostname } = baseUrl;
  if (!LOOPBACK.test(hostname) && options.chaosAllowHost !== hostname)
    throw new UsageError(
      `--chaos breaks connections, so it is for services on this machine: ${hostname} is another one. If it is yours to break, say --chaos-allow-host ${hostname}.`,
    );
  if (options.load !== undefined || options.compareUrl !== undefined || options.postTo !== undefined)
    throw new UsageError("--chaos is a run of its own: leave --load, --compare-url and --post-to out.");
  if (options.format !== "pretty" && options.format !== "json")
    throw new UsageError("With --chaos the formats are pretty and json.");
  if (faults.downS >= options.phaseSeconds)
    throw new UsageError(
      `down=${faults.downS}s has to end before the phase of ${options.phaseSeconds} s: raise --phase-seconds.`,
    );
  if (faults.delayMs >= timeoutMs || faults.d1LatencyMs >= timeoutMs)
    throw new UsageError(`A delay of ${timeoutMs} ms or more is longer than the time-out: raise --timeout.`);
  const { phaseSeconds: phaseS, recoverWithin: recoverS } = options;
  return { faults, seed: options.chaosSeed ?? randomInt(MAX_SEED), phaseS, recoverS };
}

/** Seconds that a run takes at most, for the line at its start. */
export function chaosSeconds({ phaseS, recoverS }: Chaos): number {
  return phaseS * PHASES.length + recoverS;
}

/** The sentence where the service has to inject faults itself and does not. Where it does not answer at all, the run says so. */
export async function unwilling(
  { baseUrl, timeoutMs }: Plan,
  { faults, seed }: Chaos,
  path: string,
): Promise<string | null> {
  if (!needsWorker(faults)) return null;
  const none = formatFaults({ d1LatencyMs: 0, failRate: 0, seed });
  const url = `${addressOf(baseUrl)}${path}`;
  const answer = await fetch(url, {
    headers: { [FAULTS_HEADER]: none },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null);
  await answer?.body?.cancel();
  if (answer === null || answer.headers.get(FAULTS_HEADER) === none) return null;
  return `${addressOf(baseUrl)} does not inject faults of its stores: only the report API in local mode does (npm run report:serve, or shadow-infra dev). For other services use cut, delay, slow and down.`;
}
