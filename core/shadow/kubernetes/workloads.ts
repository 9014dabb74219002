/**
 * Each service as a Deployment, or as a Job where it ends; and what has to be there before it is made. All pods of a stack carry a hash
 * of the whole: whatever changes, they are made anew together, so that no database keeps what another version wrote.
 */
import { fittedName, LABEL_CHARS, shortHash } from "../stack/names.ts";
import { copiesOf } from "../stack/share.ts";
import { type Draft, objectOf, type ServiceDraft } from "./draft.ts";
import { ANNOTATIONS, LABELS } from "./labels.ts";
import type { JsonObject, KubernetesObject } from "./object.ts";
import { type Pod, podOf } from "./pod.ts";
import type { HostLine } from "./services.ts";
import type { Await, ObjectGroup, StackWorkload } from "./stack.ts";

export interface Workloads {
  readonly pods: readonly { readonly part: ServiceDraft; readonly pod: Pod }[];
  /** Stands for everything that runs: of the commit, the attempt and all pods. */
  readonly content: string;
}

/** A rollout that makes no step for that long is reported by the cluster; the driver's own limit decides. */
const PROGRESS_DEADLINE_S = 600;
/** Docker goes on for ever with `on-failure`; a migration that fails as often will not succeed. */
const JOB_RETRIES = 3;

export function workloadsOf(draft: Draft, hosts: readonly HostLine[], seed: string | null): Workloads {
  const pods = draft.services.map((part) => ({ part, pod: podOf(draft, part, hosts) }));
  const { identity, attempt } = draft.spec;
  const whole = JSON.stringify([identity.sha, attempt, seed, pods.map(({ part, pod }) => [part.name, pod.spec])]);
  return { pods, content: shortHash(whole) };
}

export function groupOf(draft: Draft, { part, pod }: Workloads["pods"][number], content: string): ObjectGroup {
  const object =
    part.lasting === "server" ? deploymentOf(draft, part, { pod, content }) : jobOf(draft, part, { pod, content });
  return { step: "workload", objects: [object], after: awaitsOf(draft, part, content) };
}

export function workloadOf(draft: Draft, part: ServiceDraft, content: string): StackWorkload {
  const name = workloadName(part, content);
  return {
    name,
    kind: part.lasting === "server" ? "Deployment" : "Job",
    role: "service",
    service: part.service.name,
    image: part.image,
    until: untilOf(part),
    podLabels: { ...draft.selector, [LABELS.workload]: name },
  };
}

/** What holds a Job's name together with what it runs. */
export function jobName(name: string, content: string): string {
  return `${fittedName(name, LABEL_CHARS - content.length - 1)}-${content}`;
}

interface Made {
  readonly pod: Pod;
  readonly content: string;
}

function deploymentOf(draft: Draft, part: ServiceDraft, { pod, content }: Made): KubernetesObject {
  const labels = { [LABELS.part]: "service", [LABELS.service]: part.name, [LABELS.workload]: part.name };
  return objectOf(draft, "Deployment", {
    name: part.name,
    labels,
    annotations: { [ANNOTATIONS.composeService]: part.service.name },
    spec: {
      replicas: copiesOf(part.service),
      ...deploymentBasics(),
      selector: { matchLabels: { ...draft.selector, [LABELS.workload]: part.name } },
      template: templateOf(draft, labels, { spec: pod.spec, content }),
    },
  });
}

/** No old pod may answer beside a new one, and nothing goes back to an old commit. */
export function deploymentBasics(): JsonObject {
  return { strategy: { type: "Recreate" }, revisionHistoryLimit: 0, progressDeadlineSeconds: PROGRESS_DEADLINE_S };
}

function jobOf(draft: Draft, part: ServiceDraft, { pod, content }: Made): KubernetesObject {
  const name = workloadName(part, content);
  const labels = { [LABELS.part]: "service", [LABELS.service]: part.name, [LABELS.workload]: name };
  return objectOf(draft, "Job", {
    name,
    labels,
    annotations: { [ANNOTATIONS.composeService]: part.service.name },
    spec: {
      backoffLimit: part.service.restart === "no" ? 0 : JOB_RETRIES,
      template: templateOf(draft, labels, { spec: { ...pod.spec, restartPolicy: "Never" }, content }),
    },
  });
}

export function templateOf(
  draft: Draft,
  labels: Readonly<Record<string, string>>,
  { spec, content }: { readonly spec: JsonObject; readonly content: string },
): JsonObject {
  return {
    metadata: { labels: { ...draft.labels, ...labels }, annotations: { [ANNOTATIONS.content]: content } },
    spec,
  };
}

/** What `depends_on` asks to be there first. `started` without more is the waiting container's. */
function awaitsOf(draft: Draft, { service }: ServiceDraft, content: string): readonly Await[] {
  return service.dependsOn.flatMap(({ service: name, condition, required }): readonly Await[] => {
    const other = draft.services.find((part) => part.service.name === name);
    if (other === undefined || condition === "started") return [];
    return [{ workload: workloadName(other, content), until: untilOf(other), required }];
  });
}

function workloadName({ lasting, name }: ServiceDraft, content: string): string {
  return lasting === "server" ? name : jobName(name, content);
}

export function untilOf({ lasting }: ServiceDraft): Await["until"] {
  return lasting === "server" ? "ready" : lasting === "must-end" ? "completed" : "settled";
}
