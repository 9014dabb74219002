/**
 * The least of a controller manager and a kubelet: each turn of the double brings every deployment and job one step on, as its script
 * says. A turn is one list of pods, so what takes "three turns" takes three looks of whoever watches.
 */
import type { Store, Stored } from "./store.ts";

/** How the pods of a deployment or job end up, by the name of what owns them. */
export type Script =
  | { readonly kind: "fine"; readonly turns?: number }
  | { readonly kind: "crash"; readonly exitCode: number; readonly reason?: string; readonly log?: string }
  | { readonly kind: "waiting"; readonly reason: string; readonly message: string }
  | { readonly kind: "never-ready" }
  | { readonly kind: "unschedulable"; readonly message: string }
  /** No pod is made: Pod Security or a quota forbids it. */
  | { readonly kind: "refused"; readonly message: string };

interface Scripts {
  readonly of: (owner: string) => Script;
  readonly now: () => number;
}

const DEFAULT_TURNS = 1;
/** Turns an old pod takes to be gone. */
const TERMINATION_TURNS = 1;

export function turn(store: Store, scripts: Scripts): void {
  collectGarbage(store);
  for (const deployment of store.all("deployments")) runDeployment(store, scripts, deployment);
  for (const job of store.all("jobs")) runJob(store, scripts, job);
}

/** Pods end some turns after their owner, or after they were told to. */
function collectGarbage(store: Store): void {
  for (const pod of store.all("pods")) {
    const owner = pod.metadata.ownerReferences?.[0];
    const resource = owner?.kind === "Job" ? "jobs" : "deployments";
    const namespace = pod.metadata.namespace ?? null;
    const orphan = owner !== undefined && store.get(resource, namespace, owner.name) === undefined;
    if (orphan && pod.metadata.deletionTimestamp === undefined)
      pod.metadata.deletionTimestamp = new Date(0).toISOString();
    if (pod.metadata.deletionTimestamp === undefined) continue;
    const left = Number(pod.turnsLeft ?? TERMINATION_TURNS) - 1;
    pod.turnsLeft = left;
    if (left < 0) store.drop("pods", namespace, pod.metadata.name);
  }
}

function runDeployment(store: Store, scripts: Scripts, deployment: Stored): void {
  const wanted = Number(deployment.spec?.replicas ?? 1);
  const own = podsOf(store, deployment);
  const template = JSON.stringify(deployment.spec?.template);
  const fresh = own.filter((pod) => pod.template === template);
  const script = scripts.of(deployment.metadata.name);
  for (const pod of own.filter((candidate) => candidate.template !== template || fresh.indexOf(candidate) >= wanted))
    pod.metadata.deletionTimestamp ??= new Date(scripts.now()).toISOString();
  const living = own.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  // As `Recreate` does: nothing new before the old is gone.
  if (script.kind !== "refused" && own.length === living.length)
    for (let index = living.length; index < wanted; index += 1)
      makePod(store, deployment, { template, now: scripts.now() });
  const current = podsOf(store, deployment).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  for (const pod of current) progressPod(pod, script, scripts.now());
  const available = current.filter(isReady).length;
  deployment.status = {
    observedGeneration: deployment.metadata.generation,
    replicas: podsOf(store, deployment).length,
    updatedReplicas: current.length,
    availableReplicas: available,
    conditions:
      script.kind === "refused"
        ? [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: script.message }]
        : [{ type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" }],
  };
}

function runJob(store: Store, scripts: Scripts, job: Stored): void {
  const script = scripts.of(job.metadata.name);
  if (script.kind === "refused") return;
  const template = JSON.stringify(job.spec?.template);
  const [pod = makePod(store, job, { template, now: scripts.now() })] = podsOf(store, job);
  const turns = Number(pod.turns ?? 0) + 1;
  pod.turns = turns;
  if (script.kind === "crash") {
    pod.status = {
      phase: "Failed",
      containerStatuses: [
        {
          ...nameOf(pod),
          ready: false,
          restartCount: 0,
          state: { terminated: { exitCode: script.exitCode, reason: "Error" } },
        },
      ],
    };
    job.status = { failed: 1, conditions: [{ type: "Failed", status: "True", reason: "BackoffLimitExceeded" }] };
  } else if (script.kind === "fine" && turns > (script.turns ?? DEFAULT_TURNS)) {
    pod.status = {
      phase: "Succeeded",
      containerStatuses: [
        { ...nameOf(pod), ready: false, restartCount: 0, state: { terminated: { exitCode: 0, reason: "Completed" } } },
      ],
    };
    job.status = { succeeded: 1, conditions: [{ type: "Complete", status: "True" }] };
  } else job.status = { active: 1 };
}

let pods = 0;

function makePod(store: Store, owner: Stored, { template, now }: { template: string; now: number }): Stored {
  pods += 1;
  // The template of a workload is a pod's metadata and spec, as the API's schema says.
  const from = owner.spec?.template as {
    metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
    spec: Record<string, unknown>;
  };
  const metadata = {
    ...from.metadata,
    name: `${owner.metadata.name}-${pods}`,
    ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
    creationTimestamp: new Date(now).toISOString(),
    ownerReferences: [{ kind: owner.kind, name: owner.metadata.name, controller: true }],
  };
  return store.put("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: from.spec,
    template,
    status: { phase: "Pending" },
  });
}

function progressPod(pod: Stored, script: Script, now: number): void {
  const turns = Number(pod.turns ?? 0) + 1;
  pod.turns = turns;
  const name = nameOf(pod);
  if (script.kind === "fine" && turns > (script.turns ?? DEFAULT_TURNS))
    pod.status = {
      phase: "Running",
      conditions: [{ type: "Ready", status: "True" }],
      containerStatuses: [{ ...name, ready: true, restartCount: 0, state: { running: {} } }],
    };
  else if (script.kind === "waiting")
    pod.status = {
      phase: "Pending",
      containerStatuses: [
        {
          ...name,
          ready: false,
          restartCount: 0,
          state: { waiting: { reason: script.reason, message: script.message } },
        },
      ],
    };
  else if (script.kind === "crash")
    pod.status = {
      phase: "Running",
      containerStatuses: [
        {
          ...name,
          ready: false,
          restartCount: turns,
          state: { waiting: { reason: "CrashLoopBackOff", message: "back-off" } },
          lastState: { terminated: { exitCode: script.exitCode, reason: script.reason ?? "Error" } },
        },
      ],
    };
  else if (script.kind === "unschedulable")
    pod.status = {
      phase: "Pending",
      conditions: [
        {
          type: "PodScheduled",
          status: "False",
          reason: "Unschedulable",
          message: script.message,
          lastTransitionTime: pod.metadata.creationTimestamp,
        },
      ],
    };
  else
    pod.status = {
      phase: "Running",
      startTime: new Date(now).toISOString(),
      containerStatuses: [{ ...name, ready: false, restartCount: 0, state: { running: {} } }],
    };
}

function podsOf(store: Store, owner: Stored): Stored[] {
  return store
    .all("pods", owner.metadata.namespace ?? null)
    .filter(({ metadata }) =>
      metadata.ownerReferences?.some(({ kind, name }) => kind === owner.kind && name === owner.metadata.name),
    );
}

function isReady(pod: Stored): boolean {
  return (
    (pod.status?.conditions as { type: string; status: string }[] | undefined)?.some(
      ({ type, status }) => type === "Ready" && status === "True",
    ) ?? false
  );
}

function nameOf(pod: Stored): { name: string } {
  const [container] = (pod.spec?.containers ?? []) as { name: string }[];
  return { name: container?.name ?? "main" };
}
