/**
 * The way in: the gateway, which stamps every answer with the deployment's id, and the route from the edge to it. Made last, when all
 * of the stack runs the commit that the stamp names.
 */
import { hostLabelOf, stampOf } from "../stack/identity.ts";
import { ownName } from "../stack/names.ts";
import { type Draft, objectOf } from "./draft.ts";
import { LABELS } from "./labels.ts";
import type { JsonObject, KubernetesObject } from "./object.ts";
import { OWN_RESOURCES } from "./pod.ts";
import { ownSecurity, podBasics } from "./security.ts";
import type { Await, ObjectGroup, StackReach, StackWorkload } from "./stack.ts";
import { deploymentBasics } from "./workloads.ts";

/** Where the gateway listens, and where it says that it does. */
export const GATEWAY_PORT = 8080;
const HEALTH_PORT = 8081;
const HEALTH_PATH = "/_shadow/healthz";
/** The gateway lets answers under way end for 5 s, which is as long as the tee waits for one; a second more for the process. */
const GRACE_SECONDS = 6;

export interface Gateway {
  readonly group: ObjectGroup;
  readonly workload: StackWorkload;
  readonly reach: StackReach;
}

export function gatewayOf(draft: Draft, after: readonly Await[]): Gateway {
  const name = gatewayName(draft);
  return {
    group: {
      step: "gateway",
      objects: [deploymentOf(draft, name), serviceOf(draft, name), ...routeOf(draft, name)],
      after,
    },
    workload: {
      name,
      kind: "Deployment",
      role: "gateway",
      service: "gateway",
      image: draft.cluster.gatewayImage,
      until: "ready",
      podLabels: { ...draft.selector, [LABELS.workload]: name },
    },
    reach:
      draft.cluster.reach.kind === "node-port"
        ? { kind: "node-port", service: name }
        : { kind: "host", host: hostOf(draft) },
  };
}

export function gatewayName({ names }: Draft): string {
  return ownName(names, "gateway");
}

function hostOf({ spec, cluster }: Draft): string {
  return `${hostLabelOf(spec.identity)}.${cluster.suffix}`;
}

function deploymentOf(draft: Draft, name: string): KubernetesObject {
  const labels = { [LABELS.part]: "gateway", [LABELS.workload]: name };
  return objectOf(draft, "Deployment", {
    name,
    labels,
    spec: {
      replicas: 1,
      ...deploymentBasics(),
      selector: { matchLabels: { ...draft.selector, [LABELS.workload]: name } },
      template: { metadata: { labels: { ...draft.labels, ...labels } }, spec: podOf(draft) },
    },
  });
}

function podOf(draft: Draft): JsonObject {
  const { workload, cluster, spec, services } = draft;
  const entry = services.find(({ service }) => service.name === workload.entry.service);
  const env: Readonly<Record<string, string>> = {
    TARGET: `${entry?.name ?? workload.entry.service}:${workload.entry.port}`,
    STAMP: stampOf(spec.identity),
    STRIP_HEADERS: cluster.stripHeaders.join(","),
    PORT: String(GATEWAY_PORT),
    HEALTH_PORT: String(HEALTH_PORT),
  };
  return {
    ...podBasics(ownName(draft.names, "stack")),
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "gateway",
        image: cluster.gatewayImage,
        imagePullPolicy: "IfNotPresent",
        command: ["node", "/app/gateway.mjs"],
        env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        ports: [
          { name: "http", containerPort: GATEWAY_PORT, protocol: "TCP" },
          { name: "health", containerPort: HEALTH_PORT, protocol: "TCP" },
        ],
        readinessProbe: {
          httpGet: { path: HEALTH_PATH, port: HEALTH_PORT },
          periodSeconds: 2,
          timeoutSeconds: 2,
          failureThreshold: 3,
        },
        resources: OWN_RESOURCES,
        securityContext: ownSecurity(),
        terminationMessagePolicy: "FallbackToLogsOnError",
      },
    ],
  };
}

function serviceOf(draft: Draft, name: string): KubernetesObject {
  return objectOf(draft, "Service", {
    name,
    spec: {
      type: draft.cluster.reach.kind === "node-port" ? "NodePort" : "ClusterIP",
      selector: { ...draft.selector, [LABELS.part]: "gateway" },
      ports: [{ name: "http", port: GATEWAY_PORT, targetPort: GATEWAY_PORT, protocol: "TCP" }],
    },
  });
}

function routeOf(draft: Draft, name: string): readonly KubernetesObject[] {
  const { reach } = draft.cluster;
  if (reach.kind === "ingress")
    return [objectOf(draft, "Ingress", { name, spec: ingressOf(draft, name, reach.className) })];
  if (reach.kind === "node-port") return [];
  return [
    objectOf(draft, "HTTPRoute", {
      name,
      spec: {
        parentRefs: [{ name: reach.name, namespace: reach.namespace }],
        hostnames: [hostOf(draft)],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/" } }],
            backendRefs: [{ name, port: GATEWAY_PORT }],
          },
        ],
      },
    }),
  ];
}

function ingressOf(draft: Draft, name: string, className: string | null): JsonObject {
  return {
    ...(className === null ? {} : { ingressClassName: className }),
    rules: [
      {
        host: hostOf(draft),
        http: {
          paths: [{ path: "/", pathType: "Prefix", backend: { service: { name, port: { number: GATEWAY_PORT } } } }],
        },
      },
    ],
  };
}
