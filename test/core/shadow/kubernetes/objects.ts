/** What holds for every object we make, whatever it was made from: checks that the tests of the translation share. */
import type { V1Container, V1PodTemplateSpec, V1Service } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../core/shadow/kubernetes/object.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import { podSecurityBreaks } from "./pod-security.ts";

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const SERVICE = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;
const QUANTITY = /^\d+(?:m|Mi|)$/;
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const ENV = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
/** Names of Jobs become a label of their pods. */
const LABELS_BY_KIND: Readonly<Record<string, RegExp>> = {
  Namespace: LABEL,
  Service: SERVICE,
  Job: LABEL,
  Deployment: LABEL,
};
const MAX_DATA_BYTES = 1_048_576;

type Pod = Required<Pick<V1PodTemplateSpec, "metadata" | "spec">>;

export function objectsIn(stack: KubernetesStack): readonly KubernetesObject[] {
  return stack.groups.flatMap(({ objects }) => objects);
}

export function podsIn(stack: KubernetesStack): readonly Pod[] {
  return objectsIn(stack).flatMap(({ kind, spec }) => {
    if (kind !== "Deployment" && kind !== "Job") return [];
    // Plain JSON: the fields are held against the API's own tables elsewhere.
    const { template } = spec as unknown as { readonly template: Pod };
    return [template];
  });
}

/** Everything that is wrong with a stack, in words; none of it may ever be. */
export function faultsOf(stack: KubernetesStack): readonly string[] {
  const objects = objectsIn(stack);
  const ids = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} twice`),
    ...objects.flatMap((object) =>
      objectFaults(object, stack).map((fault) => `${object.kind}/${object.metadata.name}: ${fault}`),
    ),
    ...podsIn(stack).flatMap((pod) => podFaults(pod, stack)),
  ];
}

function objectFaults({ kind, metadata, data, spec }: KubernetesObject, stack: KubernetesStack): readonly string[] {
  const { name, namespace, labels } = metadata;
  const bytes = Object.values(data ?? {}).reduce(
    (sum, text) => sum + Buffer.byteLength(text, kind === "Secret" ? "base64" : "utf8"),
    0,
  );
  return [
    ...faultIf(!(LABELS_BY_KIND[kind] ?? NAME).test(name), "name"),
    ...faultIf(namespace !== (kind === "Namespace" ? undefined : stack.namespace), "namespace"),
    ...faultIf(
      Object.values(labels).some((value) => !LABEL_VALUE.test(value)),
      "label value",
    ),
    ...Object.entries(stack.selector).flatMap(([key, value]) => faultIf(labels[key] !== value, "not selected")),
    ...faultIf(
      Object.keys(data ?? {}).some((key) => !KEY.test(key)),
      "data key",
    ),
    ...faultIf(bytes > MAX_DATA_BYTES, "too big"),
    ...(kind === "Service" ? serviceFaults(spec as unknown as ServiceSpec) : []),
  ];
}

type ServiceSpec = NonNullable<V1Service["spec"]>;

function serviceFaults(spec: ServiceSpec): readonly string[] {
  const ports = spec.ports ?? [];
  return [
    ...faultIf(ports.length === 0 && spec.clusterIP !== "None", "no ports"),
    ...faultIf(
      ports.some(({ port, targetPort }) => !isPort(port) || !isPort(targetPort)),
      "port",
    ),
    ...faultIf(
      ports.some(({ protocol }) => !["TCP", "UDP"].includes(protocol ?? "")),
      "protocol",
    ),
    ...faultIf(
      ports.some(({ name }) => !PORT_NAME.test(name ?? "")),
      "port name",
    ),
    ...faultIf(new Set(ports.map(({ name }) => name)).size !== ports.length, "port twice"),
    ...faultIf(
      spec.externalIPs !== undefined || spec.externalName !== undefined || spec.type === "LoadBalancer",
      "leads outside",
    ),
  ];
}

function podFaults({ metadata, spec: pod }: Pod, stack: KubernetesStack): readonly string[] {
  const volumes = (pod.volumes ?? []).map(({ name }) => name);
  return [
    ...podSecurityBreaks(pod, stack.podSecurity),
    ...faultIf(pod.automountServiceAccountToken !== false || pod.enableServiceLinks !== false, "reaches the API"),
    ...faultIf(
      Object.entries(stack.selector).some(([key, value]) => metadata.labels?.[key] !== value),
      "pod not selected",
    ),
    ...faultIf(new Set(volumes).size !== volumes.length || volumes.some((name) => !LABEL.test(name)), "volume names"),
    ...faultIf(
      (pod.volumes ?? []).some((one) => one.emptyDir !== undefined && !isQuantity(one.emptyDir.sizeLimit)),
      "volume without a limit",
    ),
    ...(pod.hostAliases ?? []).flatMap(({ ip, hostnames = [] }) =>
      faultIf(!/^[\da-f.:]+$/i.test(ip) || hostnames.some((name) => !NAME.test(name)), "host alias"),
    ),
    ...[...(pod.initContainers ?? []), ...pod.containers].flatMap((container) => containerFaults(container, volumes)),
  ];
}

function containerFaults(
  { name, resources, volumeMounts = [], env = [], ports = [], command, args, ...rest }: V1Container,
  volumes: readonly string[],
): readonly string[] {
  const paths = volumeMounts.map(({ mountPath }) => mountPath);
  const amounts = (["limits", "requests"] as const).flatMap((part) =>
    ["cpu", "memory", "ephemeral-storage"].map((key) => resources?.[part]?.[key]),
  );
  const probes = [rest.startupProbe, rest.readinessProbe].filter((probe) => probe !== undefined);
  return [
    ...faultIf(!LABEL.test(name), "container name"),
    ...faultIf(!amounts.every(isQuantity), `amounts ${amounts.join()}`),
    ...faultIf(new Set(paths).size !== paths.length, "mounted twice"),
    ...faultIf(
      paths.some((path) => !path.startsWith("/") || path.includes(":") || path.split("/").includes("..")),
      "mount path",
    ),
    ...faultIf(
      volumeMounts.some((mount) => !volumes.includes(mount.name) || (mount.subPath ?? "").split("/").includes("..")),
      "mounts nothing",
    ),
    ...faultIf(
      env.some((one) => !ENV.test(one.name)),
      "variable",
    ),
    ...faultIf(new Set(env.map((one) => one.name)).size !== env.length, "variable twice"),
    ...faultIf(
      env.some(({ value }) => typeof value === "string" && expands(value)),
      "expands a variable",
    ),
    ...faultIf([...(command ?? []), ...(args ?? [])].some(expands), "expands a word"),
    ...faultIf(
      ports.some((one) => !isPort(one.containerPort) || !PORT_NAME.test(one.name ?? "") || one.hostPort !== undefined),
      "container port",
    ),
    ...probes.flatMap((probe) =>
      faultIf(
        [probe.periodSeconds, probe.timeoutSeconds, probe.failureThreshold].some(
          (one = 0) => !Number.isInteger(one) || one < 1,
        ),
        "probe",
      ),
    ),
    ...faultIf(rest.livenessProbe !== undefined || rest.lifecycle !== undefined, "restarts what compose would not"),
  ];
}

/** Whether a reference is left once doubled dollars are taken away. */
function expands(text: string): boolean {
  return text.replaceAll("$$", "").includes("$(");
}

function isPort(port: unknown): boolean {
  return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536;
}

function isQuantity(amount: unknown): boolean {
  return typeof amount === "string" && QUANTITY.test(amount) && !amount.startsWith("0");
}

function faultIf(wrong: boolean, fault: string): readonly string[] {
  return wrong ? [fault] : [];
}
