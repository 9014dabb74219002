/** What an operator says of the cluster, and what only the driver can look up there. Both come in as data. */

export interface ClusterOptions {
  /** All stacks in this one namespace; null: a namespace each. */
  readonly namespace: string | null;
  readonly reach: ClusterReach;
  /** Image of the gateway; it also holds the program that waits for dependencies. */
  readonly gatewayImage: string;
  /** Headers of the edge's service credentials, which the gateway takes off. */
  readonly stripHeaders: readonly string[];
  /** Name of the Secret with the registry's credentials. In a namespace that all stacks share it is there already. */
  readonly pullSecret: string | null;
  /** docker's `config.json`, for this stack's images alone: what that Secret is made of in a namespace of the stack's own. */
  readonly pullConfig?: string | null;
  /** A stack is reached under `<hostLabel>.<suffix>`. */
  readonly suffix: string;
  /** Namespace of the pods that call the gateway (ingress controller, tunnel); without it any pod of the cluster may. */
  readonly ingressNamespace?: string | null;
  /** Storage class with ReadWriteMany, for volumes that several services share; without it such stacks are refused. */
  readonly sharedStorageClass?: string | null;
}

/** How the edge reaches a stack: an Ingress of this class, a Gateway's route, or a port of the node (this machine only). */
export type ClusterReach =
  | { readonly kind: "ingress"; readonly className: string | null }
  | { readonly kind: "gateway"; readonly name: string; readonly namespace: string }
  | { readonly kind: "node-port" };

/** Addresses that only the driver can look up. What is missing is asked for by `wants` of the stack. */
export interface KnownAddresses {
  /** Addresses by host name of `egress`; an empty list: the name does not resolve, and the stack cannot reach it. */
  readonly resolved: Readonly<Record<string, readonly string[]>>;
  /** ClusterIP by name of the Service object. */
  readonly clusterIps: Readonly<Record<string, string>>;
  /** Addresses of the API server: never opened, whatever `egress` says. */
  readonly apiServer?: readonly string[];
}

/** Nothing is known yet: the first call. */
export const NO_ADDRESSES: KnownAddresses = { resolved: {}, clusterIps: {} };
