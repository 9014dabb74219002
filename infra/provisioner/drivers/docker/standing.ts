/** Containers as an engine describes them -> how the stack's services stand, and which of them failed why. Pure. */
import type { Lasting } from "../../../../core/shadow/stack/order.ts";
import type { ServiceStanding, StackFailure } from "../driver.ts";
import type { EngineContainer } from "./engine-forms.ts";
import { isOneOff, SERVICE, SHA } from "./labels.ts";

export interface ServicesStanding {
  readonly services: readonly ServiceStanding[];
  /** The first that failed. */
  readonly failed: { readonly id: string; readonly failure: StackFailure; readonly words: string } | null;
  /** All run, are healthy where they can say so, did not just come back from a crash, or have done their work. */
  readonly complete: boolean;
}

/** Restarts after which a container is one that crashes again and again. */
const CRASHES = 3;

/** The engine itself takes a start for a success after that time (https://docs.docker.com/engine/containers/start-containers-automatically/). */
const SETTLES_MS = 10_000;

/** A service of the project, as far as its containers are held against it. */
export interface ExpectedService {
  readonly image: string;
  readonly lasting: Lasting;
}

export type ExpectedServices = Readonly<Record<string, ExpectedService>>;

/** `now`: Unix milliseconds. */
export function standingOf(
  containers: readonly EngineContainer[],
  expected: ExpectedServices,
  now: number,
): ServicesStanding {
  const own = containers.filter(({ Config: { Labels } }) => !isOneOff(Labels ?? {}));
  const rows = Object.entries(expected).map(([name, { image, lasting }]) => {
    const replicas = own
      .filter(({ Config: { Labels } }) => Labels?.[SERVICE] === name)
      .map((one) => ({ id: one.Id, ...stateOf(one, lasting, now) }));
    const worst = replicas.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))[0] ?? WAITING;
    return { name, image, ...worst };
  });
  const broken = rows.find(({ state }) => state === "failed");
  return {
    services: rows.map(({ name, image, state, reason }) => ({ name, image, state, reason })),
    failed:
      broken === undefined || broken.id === null || broken.failure === null
        ? null
        : { id: broken.id, failure: broken.failure, words: `The service "${broken.name}" ${broken.reason}.` },
    complete: rows.every(({ state }) => state === "ready" || state === "done"),
  };
}

/** Images by service of the containers that are of this commit. */
export function imagesOf(containers: readonly EngineContainer[], sha: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    containers.flatMap(({ Config: { Image, Labels } }) => {
      const service = Labels?.[SERVICE];
      return service === undefined || Labels?.[SHA] !== sha ? [] : [[service, Image] as const];
    }),
  );
}

interface ContainerState {
  readonly state: ServiceStanding["state"];
  readonly reason: string | null;
  readonly failure: StackFailure | null;
}

const WAITING: ContainerState & { readonly id: null } = { id: null, state: "waiting", reason: null, failure: null };

/** Of several replicas the first of these is the service's. */
const ORDER: readonly ServiceStanding["state"][] = ["failed", "waiting", "starting", "idle", "ready", "done"];

function stateOf(container: EngineContainer, lasting: Lasting, now: number): ContainerState {
  const { State, RestartCount } = container;
  if (State.OOMKilled) return failed("crash-loop", "took more memory than it may");
  if (RestartCount >= CRASHES)
    return failed("crash-loop", `crashed ${RestartCount} times, the last time with code ${State.ExitCode}`);
  if (State.Status === "created" && State.Error !== "")
    return failed("config-error", `could not be started: ${State.Error}`);
  if (State.Status === "exited" || State.Status === "dead") return endedState(State.ExitCode, lasting);
  return State.Status === "running"
    ? runningState(container, lasting, now)
    : well(State.Status === "paused" ? "idle" : "starting");
}

/** Exit codes of SIGKILL and SIGTERM. */
const STOPPED = new Set([137, 143]);

function endedState(code: number, lasting: Lasting): ContainerState {
  if (lasting !== "server" && code === 0) return well("done");
  // The engine starts those that last again by itself, unless they were stopped from outside.
  if (lasting === "server" || STOPPED.has(code)) return well("idle");
  return lasting === "must-end"
    ? failed("dependency-failed", `is a job and ended with code ${code}`)
    : failed("crash-loop", `ended with code ${code}`);
}

function runningState(
  { State: { Health: health, StartedAt }, RestartCount }: EngineContainer,
  lasting: Lasting,
  now: number,
): ContainerState {
  if (health?.Status === "unhealthy") return failed("unhealthy", "runs, and its health check fails");
  if (health?.Status === "healthy") return well(lasting === "must-end" ? "starting" : "ready");
  // Between two crashes it runs as well, for as long as its start takes on a busy machine.
  const isBack = RestartCount > 0 && now - Date.parse(StartedAt) < SETTLES_MS;
  return well(health?.Status === "starting" || lasting === "must-end" || isBack ? "starting" : "ready");
}

/** Has not crashed so far: runs for the first time, or is yet to be started. */
export function isSound({ RestartCount, State }: EngineContainer): boolean {
  return RestartCount === 0 && (State.Status === "running" || State.Status === "created");
}

function well(state: ServiceStanding["state"]): ContainerState {
  return { state, reason: null, failure: null };
}

function failed(failure: StackFailure, reason: string): ContainerState {
  return { state: "failed", reason, failure };
}
