/** What the operator of this provisioner says, once read and checked. Where it comes from is `read.ts`. */
import type { StackLimits } from "../../../core/shadow/stack/spec.ts";
import type { DriverName } from "../drivers/driver.ts";

export interface OperatorSettings {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Secrets that a delivery may be signed with: the current one, and while it is rotated the one before. */
  readonly webhookSecrets: readonly string[];
  readonly github: GitHubSettings;
  readonly report: {
    readonly origin: string;
    readonly serviceToken: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  /** Where people read reports; links of statuses lead there. Null: no link. */
  readonly pagesOrigin: string | null;
  /** Shadows answer at names under it. */
  readonly suffix: string;
  readonly previewSuffixes: readonly string[];
  readonly drivers: readonly DriverName[];
  readonly repositories: ReadonlyMap<number, RepositorySettings>;
  /** Images may come from these: `ghcr.io/acme`, `docker.io/library`. */
  readonly registries: readonly string[];
  readonly limits: StackLimits;
  /** Stacks at once over all repositories; more wait their turn. */
  readonly maxStacks: number;
  readonly imageWaitMs: number;
  readonly startLimitMs: number;
  /** A stack without mirrored requests for that long is scaled to nothing. */
  readonly idleAfterMs: number;
  readonly cluster: ClusterSettings;
}

export type GitHubSettings = { readonly apiUrl: string } & (
  | { readonly kind: "app"; readonly appId: string; readonly privateKey: string }
  | { readonly kind: "token"; readonly token: string }
);

/** What the operator allows one repository, by its id: names can be taken over, ids cannot. */
export interface RepositorySettings {
  readonly id: number;
  readonly fullName: string;
  /** Production hosts whose traffic is this repository's. */
  readonly hosts: readonly string[];
  /** Values of `secret:NAME` by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly drafts: boolean;
  /** Most requests a second that any of its shadows may get. */
  readonly maxRps: number | null;
  /** The check run that pushes images; null: only the registry is asked. */
  readonly imageCheck: string | null;
  /** Environment of GitHub's deployments whose URL is the preview; null: any. For the driver `url`. */
  readonly previewEnvironment: string | null;
  /** Images of its stacks may come from these of the operator's registries alone; absent: from all of them. */
  readonly registries?: readonly string[] | null;
  /** Addresses outside, `host:port`, that its stacks may be let out to; absent: those its configuration names. */
  readonly egress?: readonly string[] | null;
  /** Branches beside the default one whose configuration judges pull requests made to them; nobody pushes there unseen. */
  readonly baseBranches?: readonly string[];
  /** What the driver `process` runs. */
  readonly process: { readonly command: readonly string[]; readonly env: Readonly<Record<string, string>> } | null;
}

export interface ClusterSettings {
  /** All stacks in this one namespace; null: a namespace each. */
  readonly namespace: string | null;
  /** How the edge reaches a stack: an Ingress of this class, a Gateway's route, or a port of the node (this machine only). */
  readonly reach:
    | { readonly kind: "ingress"; readonly className: string | null }
    | { readonly kind: "gateway"; readonly name: string; readonly namespace: string }
    | { readonly kind: "node-port" };
  readonly gatewayImage: string;
  /** Headers of the edge's service credentials, which the gateway takes off. */
  readonly stripHeaders: readonly string[];
  readonly pullSecret: string | null;
  /** Namespace of the pods that may call a stack's gateway; null or absent: any pod of the cluster. */
  readonly ingressNamespace?: string | null;
  /** Storage class with ReadWriteMany, for volumes that several services share. */
  readonly sharedStorageClass?: string | null;
}
