/**
 * Every kind of object the driver touches and what it may do with it. Requests are built from this table and from nothing else,
 * so the rights of the manifests can be held against it. It must not list what no call uses.
 */

const VERBS = ["get", "list", "create", "patch", "delete"] as const;
export type Verb = (typeof VERBS)[number];

export interface ResourceRow {
  readonly kind: string;
  /** "" is the core group. */
  readonly apiGroup: string;
  readonly version: string;
  /** Plural name in paths and rules. */
  readonly resource: string;
  readonly namespaced: boolean;
  readonly verbs: readonly Verb[];
}

/** Server-side apply is `patch`, and `create` on top where the object is not there yet. Only bodies that are read are got or listed whole. */
const APPLIED = ["list", "create", "patch", "delete"] as const;

/** Inside the namespace of a stack. */
export const STACK_RESOURCES = [
  row("ResourceQuota", "v1", "resourcequotas"),
  row("LimitRange", "v1", "limitranges"),
  row("ServiceAccount", "v1", "serviceaccounts"),
  row("NetworkPolicy", "networking.k8s.io/v1", "networkpolicies"),
  row("ConfigMap", "v1", "configmaps"),
  row("Secret", "v1", "secrets"),
  row("PersistentVolumeClaim", "v1", "persistentvolumeclaims"),
  row("Service", "v1", "services"),
  row("Deployment", "apps/v1", "deployments"),
  row("Job", "batch/v1", "jobs"),
  row("Ingress", "networking.k8s.io/v1", "ingresses"),
  row("HTTPRoute", "gateway.networking.k8s.io/v1", "httproutes"),
  { ...row("Pod", "v1", "pods"), verbs: ["list", "delete"] },
] as const satisfies readonly ResourceRow[];

/** Text of a container; no object of its own. */
export const POD_LOG = {
  kind: "PodLog",
  apiGroup: "",
  version: "v1",
  resource: "pods/log",
  namespaced: true,
  verbs: ["get"],
} as const satisfies ResourceRow;

/** Only where every stack has a namespace of its own. */
export const NAMESPACE = {
  kind: "Namespace",
  apiGroup: "",
  version: "v1",
  resource: "namespaces",
  namespaced: false,
  verbs: ["get", "list", "create", "patch", "delete"],
} as const satisfies ResourceRow;

/** Gives the provisioner its rights inside a namespace it made, and nowhere else. Only where every stack has a namespace of its own. */
export const ROLE_BINDING = {
  kind: "RoleBinding",
  apiGroup: "rbac.authorization.k8s.io",
  version: "v1",
  resource: "rolebindings",
  namespaced: true,
  verbs: ["create", "patch"],
} as const satisfies ResourceRow;

/** Every row there is. */
export const ALL_RESOURCES: readonly ResourceRow[] = [...STACK_RESOURCES, POD_LOG, NAMESPACE, ROLE_BINDING];

/** The row of a kind; undefined: the driver has no business with it. */
export function resourceOf(kind: string): ResourceRow | undefined {
  return ALL_RESOURCES.find((candidate) => candidate.kind === kind);
}

/** `apps/v1` is a group and a version, `v1` the core group's version. */
function row(kind: string, apiVersion: string, resource: string) {
  const [version = "", apiGroup = ""] = apiVersion.split("/").toReversed();
  return { kind, apiGroup, version, resource, namespaced: true, verbs: APPLIED };
}
