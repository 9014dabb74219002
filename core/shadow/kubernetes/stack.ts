/**
 * A stack as Kubernetes objects: what the driver applies, in which order, and what it has to look up before it can go on.
 * Types only; `objects-of.ts` makes them.
 */
import type { KubernetesObject } from "./object.ts";

export interface KubernetesStack {
  /** Name of the stack, see `stack/identity.ts`. */
  readonly name: string;
  readonly namespace: string;
  /** The namespace is this stack's alone and goes with it. */
  readonly ownsNamespace: boolean;
  /** Label selector of everything of the stack at whatever commit, pods included: `shadow-infra.dev/stack=<name>`. */
  readonly selector: Readonly<Record<string, string>>;
  /**
   * In order. A group is applied as soon as all of its `after` hold; those without conditions at once, one after the other. What
   * carries the selector and is in no group is of an earlier commit and is removed (once `wants` is empty).
   */
  readonly groups: readonly ObjectGroup[];
  /** What has to run, seed and gateway included, in the order of the groups. */
  readonly workloads: readonly StackWorkload[];
  /** What the pods meet: `baseline` where one of them needs it. It is also the namespace's level. */
  readonly podSecurity: "restricted" | "baseline";
  readonly notes: readonly StackNote[];
  /** What is still missing in the addresses given. While `clusterIps` is not empty, groups end with the Services. */
  readonly wants: {
    /** Host names of `egress` to be resolved. */
    readonly hosts: readonly string[];
    /** Services, by object name, whose ClusterIP other pods have to know. */
    readonly clusterIps: readonly string[];
  };
  readonly reach: StackReach;
}

export interface ObjectGroup {
  /**
   * `owner`: the namespace, or the ConfigMap that stands for the stack where all share one. `rules`: quota, limits, account with its pull secret, policies.
   * `content`: config maps, secrets, claims. `workload`: one service. `seed`, `gateway`: one each; `gateway` includes the way in.
   */
  readonly step: "owner" | "rules" | "content" | "services" | "workload" | "seed" | "gateway";
  readonly objects: readonly KubernetesObject[];
  readonly after: readonly Await[];
}

export interface Await {
  /** Object name of the workload awaited. */
  readonly workload: string;
  /**
   * `ready`: rolled out, all pods of this commit ready and none of another left. `completed`: its Job succeeded. `settled`: a Job that
   * need not end: it runs or succeeded.
   */
  readonly until: "ready" | "completed" | "settled";
  /** False: should that workload fail, this group is applied all the same. */
  readonly required: boolean;
}

export interface StackWorkload {
  /** Object name. */
  readonly name: string;
  readonly kind: "Deployment" | "Job";
  readonly role: "service" | "seed" | "gateway";
  /** The compose service's name, as people know it; of the answering one for the seed; `gateway` for the gateway. */
  readonly service: string;
  readonly image: string;
  /** When it counts as done. */
  readonly until: "ready" | "completed" | "settled";
  /** Selects its pods of this commit and any other; with the label `sha` those of this one. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** What was translated into something near or left out. `service` null: of the stack. */
export interface StackNote {
  readonly service: string | null;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly effect: "dropped" | "adjusted";
  /** What it is and what to do. */
  readonly message: string;
}

/** Where the edge reaches the gateway. */
export type StackReach =
  /** `https://<host>`. */
  | { readonly kind: "host"; readonly host: string }
  /** The first port of this Service has a port of the node. */
  | { readonly kind: "node-port"; readonly service: string };

export const STACK_REFUSALS = [
  "not-compose",
  "no-image",
  "too-many-services",
  "limits-exceeded",
  "dependency-cycle",
  "dependency-unknown",
  "entry-unknown",
  "shared-volume",
  "mount-target",
  "files-too-big",
  "file-unknown",
  "env-name",
  "user-root",
  "user-name",
  "service-name",
] as const;
/** Why a stack cannot be translated; `detail` says which service, what and what to do. */
export type StackRefusal = (typeof STACK_REFUSALS)[number];
