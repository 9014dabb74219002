/** Everything of one stack that is in the cluster, read once at the start of a pass by its label: one list for each kind. */
import { LABELS } from "../../../../core/shadow/kubernetes/labels.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import type { Client } from "./client.ts";
import type { Live, LiveDeployment, LiveJob, LivePod, LiveService } from "./live.ts";
import { listByLabel } from "./objects.ts";
import { type ResourceRow, STACK_RESOURCES } from "./verbs.ts";

export interface Snapshot {
  readonly deployments: readonly LiveDeployment[];
  readonly jobs: readonly LiveJob[];
  readonly pods: readonly LivePod[];
  /** Null: not looked at, as in a look at what runs. */
  readonly services: readonly LiveService[] | null;
  /** Names, labels and annotations of the other kinds; absent kinds were not looked at. */
  readonly others: ReadonlyMap<string, readonly Live[]>;
}

/** Kinds whose status or spec is read; of the others the content mark is enough. */
const WHOLE: ReadonlySet<string> = new Set(["Deployment", "Job", "Pod", "Service"]);

interface LookAt {
  readonly stack: KubernetesStack;
  /** False: only what runs, for a stack whose other objects were checked a short while ago. */
  readonly whole: boolean;
}

export async function takeSnapshot(client: Client, { stack, whole }: LookAt): Promise<Snapshot> {
  const { namespace } = stack;
  const selector = `${LABELS.stack}=${stack.name}`;
  const list = async (kind: string) =>
    listByLabel(client, { resource: rowOf(kind), namespace }, { selector, whole: WHOLE.has(kind) });
  // Pods last: a pod that is missing from their list was not there when the deployments looked finished.
  const [deployments, jobs, services, others] = await Promise.all([
    list("Deployment"),
    list("Job"),
    whole ? list("Service") : null,
    whole ? Promise.all(otherKinds(stack).map(async (kind) => [kind, await list(kind)] as const)) : [],
  ]);
  return { deployments, jobs, services, others: new Map(others), pods: await list("Pod") };
}

/** The way in is an Ingress or a route, never both: a cluster without the Gateway API is not asked for its routes. */
function otherKinds({ groups }: KubernetesStack): readonly string[] {
  const routed = groups.some(({ objects }) => objects.some(({ kind }) => kind === "HTTPRoute"));
  return STACK_RESOURCES.map(({ kind }) => kind).filter(
    (kind) => !WHOLE.has(kind) && kind !== (routed ? "Ingress" : "HTTPRoute"),
  );
}

/** All objects of a kind; undefined: it was not looked at. */
export function liveOf(snapshot: Snapshot, kind: string): readonly Live[] | undefined {
  switch (kind) {
    case "Deployment":
      return snapshot.deployments;
    case "Job":
      return snapshot.jobs;
    case "Service":
      return snapshot.services ?? undefined;
    case "Pod":
      return snapshot.pods;
    default:
      return snapshot.others.get(kind);
  }
}

function rowOf(kind: string): ResourceRow {
  const row = STACK_RESOURCES.find((candidate) => candidate.kind === kind);
  if (row === undefined) throw new Error(`The driver has no business with objects of kind ${kind}.`);
  return row;
}
