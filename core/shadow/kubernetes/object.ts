/** Kubernetes objects as plain JSON, and the kinds a stack is made of. The driver applies them as they are. */

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: StackKind;
  readonly metadata: ObjectMetadata;
  /** All but ConfigMap, Secret and ServiceAccount. */
  readonly spec?: JsonObject;
  /** ConfigMap: text by key. Secret: base64 by key. */
  readonly data?: Readonly<Record<string, string>>;
  /** Secret. */
  readonly type?: string;
  /** ServiceAccount. */
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

export interface ObjectMetadata {
  readonly name: string;
  /** Absent for the Namespace only. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Every kind a stack may hold, in the order of making; removal goes the other way. `change: "anew"`: what a Job runs cannot be
 * changed, so a Job's name changes with its content, and the driver removes the one of the old name as it removes everything else
 * of the stack that is not in the groups any more. The others are changed in place: selectors and claims never change.
 */
export const STACK_KINDS = [
  { kind: "Namespace", apiVersion: "v1", resource: "namespaces", change: "in-place" },
  { kind: "ResourceQuota", apiVersion: "v1", resource: "resourcequotas", change: "in-place" },
  { kind: "LimitRange", apiVersion: "v1", resource: "limitranges", change: "in-place" },
  { kind: "ServiceAccount", apiVersion: "v1", resource: "serviceaccounts", change: "in-place" },
  { kind: "NetworkPolicy", apiVersion: "networking.k8s.io/v1", resource: "networkpolicies", change: "in-place" },
  { kind: "ConfigMap", apiVersion: "v1", resource: "configmaps", change: "in-place" },
  { kind: "Secret", apiVersion: "v1", resource: "secrets", change: "in-place" },
  { kind: "PersistentVolumeClaim", apiVersion: "v1", resource: "persistentvolumeclaims", change: "in-place" },
  { kind: "Service", apiVersion: "v1", resource: "services", change: "in-place" },
  { kind: "Deployment", apiVersion: "apps/v1", resource: "deployments", change: "in-place" },
  { kind: "Job", apiVersion: "batch/v1", resource: "jobs", change: "anew" },
  { kind: "Ingress", apiVersion: "networking.k8s.io/v1", resource: "ingresses", change: "in-place" },
  { kind: "HTTPRoute", apiVersion: "gateway.networking.k8s.io/v1", resource: "httproutes", change: "in-place" },
] as const;

export type StackKind = (typeof STACK_KINDS)[number]["kind"];

export function apiVersionOf(kind: StackKind): string {
  return STACK_KINDS.find((row) => row.kind === kind)?.apiVersion ?? "v1";
}
