/**
 * Why a pod does not get ready, from its status alone: a table from what the kubelet says to a failure with words. Pure.
 * Waiting for something that may still come is no failure; `unschedulable` and `unhealthy` become one only after a while.
 */
import type { StackFailure } from "../driver.ts";
import type { LiveCondition, LiveContainer, LiveContainerState, LivePod } from "./live.ts";

export interface Diagnosis {
  readonly failure: StackFailure;
  readonly words: string;
  /** Whose log shows more; null: no container ever ran. */
  readonly container: string | null;
  /** The log that counts is of the run before. */
  readonly previous: boolean;
}

/** A node may still be added by an autoscaler, or a terminating pod make room. */
export const UNSCHEDULABLE_GRACE_MS = 45_000;

/** Restarts after which waiting for something the compose file does not name is no explanation any more. */
const CRASHES = 3;
/** In the kubelet's back-off one crash less is enough; the first restart comes at once. */
const CRASHES_IN_BACK_OFF = 2;

/** `waiting.reason` of the kubelet to a failure. Others, such as ContainerCreating, pass. */
const WAITING: Readonly<Record<string, StackFailure>> = {
  ErrImagePull: "image-pull",
  ImagePullBackOff: "image-pull",
  InvalidImageName: "image-pull",
  ErrImageNeverPull: "image-pull",
  ImageInspectError: "image-pull",
  RegistryUnavailable: "image-pull",
  CreateContainerConfigError: "config-error",
  CreateContainerError: "config-error",
  RunContainerError: "config-error",
};

/** Ended by the kubelet: SIGKILL and SIGTERM, 128 and the signal's number. */
const KILLED: ReadonlySet<number> = new Set([137, 143]);

/** Null: it is ready, done, or on its way. `now` in Unix milliseconds. */
export function diagnose(pod: LivePod, now: number): Diagnosis | null {
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status, reason }) => type === "PodScheduled" && status === "False" && reason === "Unschedulable",
  );
  if (unscheduled !== undefined) return withoutNode(unscheduled, now);
  return (
    first(pod.status?.initContainerStatuses, (container) => asDependency(diagnoseContainer(container, pod))) ??
    first(pod.status?.containerStatuses, (container) => diagnoseContainer(container, pod))
  );
}

function withoutNode({ lastTransitionTime = "", message = "no node can run it" }: LiveCondition, now: number) {
  if (now - Date.parse(lastTransitionTime) < UNSCHEDULABLE_GRACE_MS) return null;
  return { failure: "unschedulable", words: message, container: null, previous: false } as const;
}

/** The only thing that init containers of ours do is to wait for what the service depends on. */
function asDependency(found: Diagnosis | null): Diagnosis | null {
  if (found?.failure !== "crash-loop") return found;
  const words = `what it depends on does not accept connections (${found.words})`;
  return { ...found, failure: "dependency-failed", words };
}

function first(
  containers: readonly LiveContainer[] | undefined,
  look: (container: LiveContainer) => Diagnosis | null,
): Diagnosis | null {
  for (const container of containers ?? []) {
    const found = look(container);
    if (found !== null) return found;
  }
  return null;
}

function diagnoseContainer(container: LiveContainer, pod: LivePod): Diagnosis | null {
  if (container.ready === true) return null;
  const waiting = container.state?.waiting;
  const failure = WAITING[waiting?.reason ?? ""];
  if (failure !== undefined) return cannotStart(container, failure);
  const restarts = container.restartCount ?? 0;
  const backOff = waiting?.reason === "CrashLoopBackOff";
  if (restarts < (backOff ? CRASHES_IN_BACK_OFF : CRASHES)) return null;
  return crashed(container, pod, backOff);
}

function cannotStart({ name, state }: LiveContainer, failure: StackFailure): Diagnosis {
  const message = state?.waiting?.message ?? state?.waiting?.reason ?? "";
  if (message.includes("runAsNonRoot")) {
    const words = `${message}. Give the image a numeric user other than 0, or set \`user:\` in the compose file; the operator may allow the level baseline`;
    return { failure: "pod-security", words, container: null, previous: false };
  }
  return { failure, words: message, container: failure === "config-error" ? name : null, previous: false };
}

function crashed(
  { name, restartCount = 0, state, lastState }: LiveContainer,
  pod: LivePod,
  backOff: boolean,
): Diagnosis {
  const ended = state?.terminated ?? lastState?.terminated;
  // Between two runs the one that ended is the current one of the kubelet, whatever its status calls it.
  const previous = !backOff && state?.terminated === undefined;
  const { failure, words } = endOf(ended, hasStartupProbe(pod, name));
  const times = `${restartCount} ${restartCount === 1 ? "restart" : "restarts"}`;
  return { failure, words: `${words}, ${times}`, container: name, previous };
}

function endOf(ended: LiveContainerState["terminated"], probed: boolean): Pick<Diagnosis, "failure" | "words"> {
  if (ended === undefined) return { failure: "crash-loop", words: "it ends again and again" };
  if (ended.reason === "OOMKilled") return { failure: "crash-loop", words: "out of memory (OOMKilled)" };
  if (probed && KILLED.has(ended.exitCode)) return { failure: "unhealthy", words: "its health check never passed" };
  return { failure: "crash-loop", words: `it ended with exit code ${ended.exitCode}` };
}

function hasStartupProbe({ spec }: LivePod, name: string): boolean {
  return spec?.containers?.find((container) => container.name === name)?.startupProbe !== undefined;
}
