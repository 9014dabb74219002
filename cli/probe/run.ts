/** Carries out a plan: warms every endpoint up, then measures one after the other. Knows nothing of budgets. */
import { isUnreachable, type Sample } from "../../core/probe/sample.ts";
import { type Peer, peerAt } from "../http/peer.ts";
import type { Plan, PlannedEndpoint } from "./plan.ts";
import { probeOnce } from "./request.ts";

/** Waits in vain, one after the other, after which an endpoint is given up: a hanging one would take iterations times the time-out. */
const MAX_VAIN_WAITS = 5;

/** Each of these takes seconds; what is refused or reset is so at once, and may be a service that starts anew. */
const VAIN_WAITS: Readonly<Record<string, string>> = { timeout: "time-outs", dns: "failed look-ups of its name" };

/** What one endpoint's requests saw; `compare` is empty where nothing is compared. */
export interface Ran {
  readonly samples: readonly Sample[];
  readonly compare: readonly Sample[];
}

export interface Probed {
  readonly ran: readonly Ran[];
  readonly interrupted: boolean;
  /** The service that did not answer a single endpoint, with what the first attempt saw. */
  readonly unreachable: { readonly url: URL; readonly sample: Sample } | null;
}

/** Told after each request that counts. */
export type Told = (endpoint: number, done: number) => void;

/** Never rejects for what a server does. `signal` ends it with what there is. */
export async function runPlan(plan: Plan, signal: AbortSignal, told: Told): Promise<Probed> {
  const sides = [plan.baseUrl, ...(plan.compare === null ? [] : [plan.compare.url])];
  const servers = sides.map((url) => peerAt(url, plan.concurrency));
  const running: Running = { plan, servers, signal, told };
  try {
    return await ran(running);
  } finally {
    for (const { agent } of servers) agent.destroy();
  }
}

interface Running {
  readonly plan: Plan;
  /** The probed one, and the one it is compared with. */
  readonly servers: readonly Peer[];
  readonly signal: AbortSignal;
  readonly told: Told;
}

async function ran(running: Running): Promise<Probed> {
  const { plan, servers, signal } = running;
  const all: Ran[] = plan.endpoints.map(() => ({ samples: [], compare: [] }));
  try {
    for (const server of servers) {
      const sample = await warmUp(running, server);
      if (sample === null) continue;
      // Of the probed service nothing is known where the other one is missing.
      const none = server === servers[0] ? all.map(() => givenUpAt(sample, plan)) : all;
      return { ran: none, interrupted: false, unreachable: { url: server.origin, sample } };
    }
    for (const [index, endpoint] of plan.endpoints.entries()) {
      const samples: Sample[] = [];
      const compare: Sample[] = [];
      // Filled in place, so that an interruption keeps what there is.
      all[index] = { samples, compare };
      await measure(running, endpoint, { index, samples, compare });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const interrupted = signal.aborted;
  return { ran: all, interrupted, unreachable: interrupted ? null : unreachableAfter(plan, all) };
}

/** The first attempt where no endpoint of the server can be reached at all, else null. Without a warm-up there is no attempt. */
async function warmUp({ plan, signal }: Running, server: Peer): Promise<Sample | null> {
  const patience = { timeoutMs: plan.timeoutMs, signal };
  const firsts: Sample[] = [];
  for (const endpoint of plan.warmUp > 0 ? plan.endpoints : []) {
    const first = await probeOnce(server, endpoint, patience);
    firsts.push(first);
    // One that hangs would cost a time-out for each request of its warm-up.
    if (isUnreachable(first)) continue;
    await Promise.all(Array.from({ length: plan.concurrency }, (_, worker) => warm(worker)));
    async function warm(worker: number): Promise<void> {
      for (let n = 1 + worker; n < plan.warmUp; n += plan.concurrency)
        if (isUnreachable(await probeOnce(server, endpoint, patience))) return;
    }
  }
  return firsts.length > 0 && firsts.every(isUnreachable) ? (firsts[0] ?? null) : null;
}

interface Taking {
  readonly index: number;
  readonly samples: Sample[];
  readonly compare: Sample[];
}

/** So many workers take rounds until none is left. A round asks each server once, and the order alternates: neither has the better place. */
async function measure(running: Running, endpoint: PlannedEndpoint, taking: Taking): Promise<void> {
  const { plan, signal, told } = running;
  const given = running.servers.map((): GivingUp => ({ inVain: 0, givenUp: null }));
  const into = [taking.samples, taking.compare];
  let next = 0;
  const ask = async (side: number): Promise<void> => {
    const [server, state, samples] = [running.servers[side], given[side], into[side]];
    if (server === undefined || state === undefined || samples === undefined) return;
    if (state.givenUp !== null) {
      samples.push(state.givenUp);
      return;
    }
    const sample = await probeOnce(server, endpoint, { timeoutMs: plan.timeoutMs, signal });
    samples.push(sample);
    const vain = VAIN_WAITS[sample.failed ?? ""];
    state.inVain = vain === undefined ? 0 : state.inVain + 1;
    if (vain !== undefined && state.inVain >= MAX_VAIN_WAITS) state.givenUp = notSent(vain);
  };
  const work = async (): Promise<void> => {
    while (next < plan.iterations) {
      const sides = running.servers.length === 1 ? [0] : next % 2 === 0 ? [0, 1] : [1, 0];
      next += 1;
      for (const side of sides) await ask(side);
      told(taking.index, taking.samples.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(plan.concurrency, plan.iterations) }, work));
}

interface GivingUp {
  inVain: number;
  /** What stands for each request that is not sent any more. */
  givenUp: Sample | null;
}

function notSent(vain: string): Sample {
  return { ms: 0, bytes: 0, failed: "not-sent", detail: `given up after ${MAX_VAIN_WAITS} ${vain} in a row` };
}

function givenUpAt(sample: Sample, { iterations }: Plan): Ran {
  return { samples: [sample, ...notReached(iterations - 1)], compare: [] };
}

/** So many requests that were not even tried: all of them failed. */
export function notReached(count: number): readonly Sample[] {
  const sample: Sample = { ms: 0, bytes: 0, failed: "not-sent", detail: "the service cannot be reached" };
  return Array.from({ length: count }, () => sample);
}

/** Without a warm-up, or where all ends in between: not one answer came from any endpoint. */
function unreachableAfter({ baseUrl }: Plan, all: readonly Ran[]): Probed["unreachable"] {
  const sent = all.flatMap(({ samples }) => samples.filter(({ failed }) => failed !== "not-sent"));
  const [first] = sent;
  return first !== undefined && sent.every(isUnreachable) ? { url: baseUrl, sample: first } : null;
}
