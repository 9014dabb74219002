/**
 * Pod Security's two levels as a checker, written from the published standard and not from our translation: what of a pod breaks
 * *baseline* or *restricted*. Each control is one row with its name there. Source of all rows:
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */

import type {
  V1Container,
  V1EphemeralContainer,
  V1PodSecurityContext,
  V1PodSpec,
  V1SecurityContext,
} from "@kubernetes/client-node";

type Container = V1Container | V1EphemeralContainer;
/** What a pod's context and a container's have in common. */
type Context = Pick<
  V1SecurityContext & V1PodSecurityContext,
  "appArmorProfile" | "runAsUser" | "seccompProfile" | "seLinuxOptions" | "windowsOptions"
>;

interface Control {
  readonly name: string;
  readonly level: "baseline" | "restricted";
  /** What breaks it, as paths. */
  readonly broken: (pod: V1PodSpec) => readonly string[];
}

const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);
const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
]);
const VOLUMES: ReadonlySet<string> = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);
const SELINUX_TYPES: ReadonlySet<string> = new Set([
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
]);

const containers = (pod: V1PodSpec): readonly (readonly [string, Container])[] => {
  const named = (list: string, all: readonly Container[] = []) =>
    all.map((one, at) => [`${list}[${at}]`, one] as const);
  return [
    ...named("containers", pod.containers),
    ...named("initContainers", pod.initContainers),
    ...named("ephemeralContainers", pod.ephemeralContainers),
  ];
};

/** Of every container: the path where the question is answered with yes. */
const each = (
  pod: V1PodSpec,
  path: string,
  broken: (container: Container, security: V1SecurityContext) => boolean,
): readonly string[] =>
  containers(pod)
    .filter(([, one]) => broken(one, one.securityContext ?? {}))
    .map(([at]) => `${at}.${path}`);

const found = (path: string, is: boolean): readonly string[] => (is ? [path] : []);

/** The pod's own setting, and those of containers that say something else. */
const contexts = (pod: V1PodSpec): readonly (readonly [string, Context])[] => [
  ["securityContext", pod.securityContext ?? {}],
  ...containers(pod).map(([at, one]) => [`${at}.securityContext`, one.securityContext ?? {}] as const),
];

export const CONTROLS: readonly Control[] = [
  {
    name: "HostProcess",
    level: "baseline",
    broken: (pod) =>
      contexts(pod)
        .filter(([, one]) => one.windowsOptions?.hostProcess)
        .map(([at]) => at),
  },
  {
    name: "Host Namespaces",
    level: "baseline",
    broken: (pod) => (["hostNetwork", "hostPID", "hostIPC"] as const).filter((key) => pod[key] === true),
  },
  {
    name: "Privileged Containers",
    level: "baseline",
    broken: (pod) => each(pod, "privileged", (_, security) => security.privileged === true),
  },
  {
    name: "Capabilities (baseline)",
    level: "baseline",
    broken: (pod) =>
      each(pod, "capabilities.add", (_, { capabilities }) =>
        (capabilities?.add ?? []).some((one) => !BASELINE_CAPABILITIES.has(one)),
      ),
  },
  {
    name: "HostPath Volumes",
    level: "baseline",
    broken: (pod) =>
      found(
        "volumes.hostPath",
        (pod.volumes ?? []).some((one) => one.hostPath !== undefined),
      ),
  },
  {
    name: "Host Ports",
    level: "baseline",
    broken: (pod) => each(pod, "ports.hostPort", ({ ports }) => (ports ?? []).some((one) => (one.hostPort ?? 0) !== 0)),
  },
  {
    name: "Host Probes / Lifecycle Hooks",
    level: "baseline",
    broken: (pod) =>
      each(pod, "host", (one) =>
        [
          one.livenessProbe,
          one.readinessProbe,
          one.startupProbe,
          one.lifecycle?.postStart,
          one.lifecycle?.preStop,
        ].some((probe) => (probe?.httpGet?.host ?? probe?.tcpSocket?.host ?? "") !== ""),
      ),
  },
  {
    name: "AppArmor",
    level: "baseline",
    broken: (pod) =>
      contexts(pod)
        .filter(
          ([, one]) =>
            one.appArmorProfile !== undefined && !["RuntimeDefault", "Localhost"].includes(one.appArmorProfile.type),
        )
        .map(([at]) => at),
  },
  {
    name: "SELinux",
    level: "baseline",
    broken: (pod) =>
      contexts(pod)
        .filter(
          ([, { seLinuxOptions: one }]) =>
            one !== undefined &&
            (!SELINUX_TYPES.has(one.type ?? "") || (one.user ?? "") !== "" || (one.role ?? "") !== ""),
        )
        .map(([at]) => at),
  },
  {
    name: "/proc Mount Type",
    level: "baseline",
    broken: (pod) => each(pod, "procMount", (_, security) => !["Default", undefined].includes(security.procMount)),
  },
  {
    name: "Seccomp (baseline)",
    level: "baseline",
    broken: (pod) =>
      contexts(pod)
        .filter(([, one]) => one.seccompProfile?.type === "Unconfined")
        .map(([at]) => at),
  },
  {
    name: "Sysctls",
    level: "baseline",
    broken: (pod) =>
      found(
        "sysctls",
        (pod.securityContext?.sysctls ?? []).some((one) => !SAFE_SYSCTLS.has(one.name)),
      ),
  },
  {
    name: "Volume Types",
    level: "restricted",
    broken: (pod) =>
      (pod.volumes ?? [])
        .filter((one) => Object.keys(one).some((key) => key !== "name" && !VOLUMES.has(key)))
        .map(({ name }) => `volumes.${name}`),
  },
  {
    name: "Privilege Escalation",
    level: "restricted",
    broken: (pod) =>
      each(pod, "allowPrivilegeEscalation", (_, security) => security.allowPrivilegeEscalation !== false),
  },
  {
    name: "Running as Non-root",
    level: "restricted",
    broken: (pod) =>
      each(pod, "runAsNonRoot", (_, security) => (security.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) !== true),
  },
  {
    name: "Running as Non-root user",
    level: "restricted",
    broken: (pod) =>
      contexts(pod)
        .filter(([, one]) => one.runAsUser === 0)
        .map(([at]) => at),
  },
  {
    name: "Seccomp",
    level: "restricted",
    broken: (pod) =>
      each(
        pod,
        "seccompProfile",
        (_, security) =>
          !["RuntimeDefault", "Localhost"].includes(
            (security.seccompProfile ?? pod.securityContext?.seccompProfile)?.type ?? "",
          ),
      ),
  },
  {
    name: "Capabilities",
    level: "restricted",
    broken: (pod) =>
      each(
        pod,
        "capabilities",
        (_, { capabilities }) =>
          !(capabilities?.drop ?? []).includes("ALL") ||
          (capabilities?.add ?? []).some((one) => one !== "NET_BIND_SERVICE"),
      ),
  },
];

/** Everything of the pod that breaks the level: `Capabilities: containers[0].capabilities`. Restricted includes baseline. */
export function podSecurityBreaks(pod: V1PodSpec, level: "baseline" | "restricted"): readonly string[] {
  return CONTROLS.filter((control) => level === "restricted" || control.level === "baseline").flatMap(
    ({ name, broken }) => broken(pod).map((path) => `${name}: ${path}`),
  );
}
