/** Where each workload of a stack stands, from one snapshot. Pure: it looks at what the cluster says and does nothing. */
import { ANNOTATIONS, LABELS } from "../../../../core/shadow/kubernetes/labels.ts";
import type { Json, JsonObject } from "../../../../core/shadow/kubernetes/object.ts";
import type { Await, KubernetesStack, StackWorkload } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { StackFailure } from "../driver.ts";
import { CONTENT_ANNOTATION } from "./content.ts";
import { type Diagnosis, diagnose } from "./diagnosis.ts";
import type { LivePod } from "./live.ts";
import { jobStandingOf, rolloutOf } from "./rollout.ts";
import type { Snapshot } from "./snapshot.ts";

export type WorkloadStanding =
  /** Not what it should be, or not there: it waits for its group's turn, or was sent just now. */
  | { readonly state: "waiting" }
  | { readonly state: "starting"; readonly words: string; readonly pod: LivePod | null }
  | { readonly state: "ready" | "done" | "running" }
  | {
      readonly state: "failed";
      readonly failure: StackFailure;
      readonly words: string;
      /** Whose log shows more. */
      readonly log: { readonly pod: string; readonly container: string; readonly previous: boolean } | null;
    };

export interface Look {
  readonly spec: StackSpec;
  readonly stack: KubernetesStack;
  readonly snapshot: Snapshot;
  /** Content marks of what should be, by kind and name. */
  readonly marks: ReadonlyMap<string, string>;
  /** Unix milliseconds. */
  readonly now: number;
}

/** By object name. */
export function standingsOf(look: Look): ReadonlyMap<string, WorkloadStanding> {
  return new Map(look.stack.workloads.map((workload) => [workload.name, standingOf(workload, look)]));
}

export function markKey(kind: string, name: string): string {
  return `${kind}/${name}`;
}

function standingOf(workload: StackWorkload, look: Look): WorkloadStanding {
  const { snapshot, marks, now } = look;
  const live = (workload.kind === "Job" ? snapshot.jobs : snapshot.deployments).find(
    ({ metadata }) => metadata.name === workload.name,
  );
  const mark = marks.get(markKey(workload.kind, workload.name));
  if (live === undefined || live.metadata.deletionTimestamp !== undefined) return { state: "waiting" };
  if (live.metadata.annotations?.[CONTENT_ANNOTATION] !== mark) return { state: "waiting" };
  const pods = snapshot.pods.filter((pod) => isOf(pod, workload));
  const content = contentOf(workload, look);
  const current = pods.filter((pod) => isCurrent(pod, content, look.spec));
  if (workload.kind === "Job") return jobStanding(workload, { job: live, pods: current, now });
  const rollout = rolloutOf(live, now);
  const found = firstDiagnosis(current, now);
  if (rollout.state === "failed")
    return {
      state: "failed",
      failure: rollout.failure,
      words: rollout.words,
      log: found?.log ?? logOfUnready(current),
    };
  if (rollout.state === "starting")
    return found === null
      ? { state: "starting", words: rollout.words, pod: current.find(isUnready) ?? null }
      : failedBy(found);
  const old = pods.length - current.length;
  if (old > 0)
    return { state: "starting", words: `${old} old ${old === 1 ? "pod is" : "pods are"} still there`, pod: null };
  return { state: "ready" };
}

/** Of this commit and of what the workload should run now. One that is going is not, for it may still answer. */
function isCurrent(pod: LivePod, content: string | undefined, { identity }: StackSpec): boolean {
  const { annotations, deletionTimestamp, labels } = pod.metadata;
  if (deletionTimestamp !== undefined || labels?.[LABELS.sha] !== identity.sha) return false;
  return content === undefined || annotations?.[ANNOTATIONS.content] === content;
}

/** Pods of the stack that are of another commit, of whatever workload, or on their way out. */
export function oldPods({ pods }: Snapshot, spec: StackSpec): readonly LivePod[] {
  return pods.filter((pod) => !isCurrent(pod, undefined, spec));
}

/** What the pods of a workload carry when they run what they should; undefined: the translation does not say. */
function contentOf({ kind, name }: StackWorkload, { stack }: Look): string | undefined {
  const objects = stack.groups.flatMap((group) => group.objects);
  const object = objects.find((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  const content = ["template", "metadata", "annotations", ANNOTATIONS.content].reduce<Json | undefined>(
    (value, key) => (isObject(value) ? value[key] : undefined),
    object?.spec,
  );
  return typeof content === "string" ? content : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOf({ metadata }: LivePod, { podLabels }: StackWorkload): boolean {
  return Object.entries(podLabels).every(([name, value]) => metadata.labels?.[name] === value);
}

interface JobLook {
  readonly job: Snapshot["jobs"][number];
  readonly pods: readonly LivePod[];
  readonly now: number;
}

function jobStanding(workload: StackWorkload, { job, pods, now }: JobLook): WorkloadStanding {
  const standing = jobStandingOf(job);
  if (standing === "done") return { state: "done" };
  const found = firstDiagnosis(pods, now);
  if (standing === "running") {
    if (found !== null) return failedBy(found);
    return workload.until === "settled" && (job.status?.active ?? 0) > 0
      ? { state: "running" }
      : { state: "starting", words: workload.role === "seed" ? "the seed command runs" : "runs", pod: null };
  }
  const failure =
    workload.role === "seed" ? "seed-failed" : workload.until === "completed" ? "dependency-failed" : "crash-loop";
  const ended = pods.flatMap((pod) => endedContainers(pod)).at(-1);
  const words = ended === undefined ? "it failed" : `it ended with exit code ${ended.exitCode}`;
  return { state: "failed", failure, words, log: ended?.log ?? null };
}

function endedContainers({ metadata, status }: LivePod) {
  return (status?.containerStatuses ?? []).flatMap(({ name, state }) => {
    const ended = state?.terminated;
    if (ended === undefined || ended.exitCode === 0) return [];
    return [{ exitCode: ended.exitCode, log: { pod: metadata.name, container: name, previous: false } }];
  });
}

interface Found extends Diagnosis {
  readonly log: { readonly pod: string; readonly container: string; readonly previous: boolean } | null;
}

function firstDiagnosis(pods: readonly LivePod[], now: number): Found | null {
  for (const pod of pods) {
    const found = diagnose(pod, now);
    if (found === null) continue;
    const { container, previous } = found;
    return { ...found, log: container === null ? null : { pod: pod.metadata.name, container, previous } };
  }
  return null;
}

function failedBy({ failure, words, log }: Found): WorkloadStanding {
  return { state: "failed", failure, words, log };
}

/** A pod whose program runs and whose health check does not pass. */
export function logOfUnready(pods: readonly LivePod[]) {
  for (const { metadata, status } of pods) {
    const container = status?.containerStatuses?.find(
      ({ ready, state }) => ready !== true && state?.running !== undefined,
    );
    if (container !== undefined) return { pod: metadata.name, container: container.name, previous: false };
  }
  return null;
}

function isUnready(pod: LivePod): boolean {
  return logOfUnready([pod]) !== null;
}

/** Whether a group's turn has come as far as this workload goes. */
export function holds({ until, required }: Await, standing: WorkloadStanding | undefined): boolean {
  if (standing === undefined) return true;
  if (standing.state === "failed") return !required;
  switch (until) {
    case "ready":
      return standing.state === "ready" || standing.state === "done";
    case "completed":
      return standing.state === "done";
    case "settled":
      return standing.state === "done" || standing.state === "running" || standing.state === "ready";
    default:
      return until satisfies never;
  }
}
