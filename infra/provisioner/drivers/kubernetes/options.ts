/** What the driver is given once, at the start of the service. */
import type { KubeConfig } from "@kubernetes/client-node";
import type { RegistryCredentials } from "../../images/credentials.ts";
import type { ClusterSettings } from "../../settings/operator.ts";
import type { OnCall } from "./client.ts";

export interface KubernetesDriverOptions {
  readonly kubeConfig: KubeConfig;
  readonly cluster: ClusterSettings;
  /** What images are pulled with, where every stack has a namespace of its own; each gets what its own images need. Absent: nothing. */
  readonly registryCredentials?: RegistryCredentials | null;
  /** Stacks are reached under `<hostLabel>.<suffix>`. */
  readonly suffix: string;
  /** From the first look at a commit to ready; past it the stack counts as failed, and is looked at all the same. */
  readonly startLimitMs: number;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** Addresses of a host name of `stack.egress`; none: it does not resolve. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Told of every call, for holding them against the rights that were given. */
  readonly onCall?: OnCall;
  readonly callTimeoutMs?: number;
  /**
   * Where every stack has a namespace of its own, the driver may give itself the rights inside: this ClusterRole is bound to this
   * account in each namespace it makes, so that it needs none in others. Null or absent: it has them already.
   */
  readonly access?: NamespaceAccess | null;
}

export interface NamespaceAccess {
  readonly clusterRole: string;
  readonly subject:
    | { readonly kind: "ServiceAccount"; readonly name: string; readonly namespace: string }
    | { readonly kind: "User"; readonly name: string };
}
