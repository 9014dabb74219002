/** The requests of chaos mode: through the proxy, with the faults that the service has to play itself, and held against what it answered before. */
import { createHash } from "node:crypto";
import { type Faults, needsWorker, type Phase } from "../../core/probe/chaos.ts";
import { namesOf } from "../../core/probe/results.ts";
import type { Sample } from "../../core/probe/sample.ts";
import { FAULTS_HEADER, formatFaults } from "../../core/wire/faults.ts";
import type { FaultProxy } from "../../infra/local/faults/proxy.ts";
import { type Peer, peerAt } from "../http/peer.ts";
import type { BodyFault } from "./body-check.ts";
import type { Plan, PlannedEndpoint } from "./plan.ts";
import { probeOnce } from "./request.ts";

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

export interface Target {
  readonly name: string;
  readonly endpoint: PlannedEndpoint;
  /** Digests of the bodies that it answered without faults; one alone is what it has to answer. */
  readonly bodies: Set<string>;
}

export interface State {
  readonly run: ChaosRun;
  readonly proxy: FaultProxy;
  readonly endpoints: readonly Target[];
  sent: number;
}

/** The service itself is named in each request, though it goes to the proxy. */
export function endpointsOf({ baseUrl, endpoints }: Plan): readonly Target[] {
  const names = namesOf(endpoints);
  return endpoints.map((endpoint, n) => ({
    name: names[n] ?? endpoint.path,
    endpoint: { ...endpoint, headers: { ...endpoint.headers, host: baseUrl.host } },
    bodies: new Set(),
  }));
}

export function proxied({ proxy, run: { plan } }: State): Peer {
  const url = new URL(plan.baseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  return peerAt(url, plan.concurrency);
}

export interface Asking {
  readonly target: Target;
  readonly name: Phase;
}

export function askOnce(state: State, server: Peer, { target, name }: Asking): Promise<Sample> {
  const { plan, chaos, signal } = state.run;
  state.sent += 1;
  const { d1LatencyMs, failRate } = chaos.faults;
  const asks = name === "faults" && needsWorker(chaos.faults);
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
function differing(body: Buffer, bodies: Set<string>, name: Phase): BodyFault | null {
  const digest = createHash("sha256").update(body).digest("base64");
  if (name === "baseline") bodies.add(digest);
  if (name === "baseline" || bodies.size !== 1 || bodies.has(digest)) return null;
  if (name === "faults" && isDeclared(body)) return null;
  return { failed: "different", detail: "the body is not the one it answered without faults" };
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
