/** The pod of one service: its container, and before it those that make folders and wait for what it depends on. */
import { fittedName, LABEL_CHARS, ownName } from "../stack/names.ts";
import { envName } from "./content.ts";
import type { Draft, ServiceDraft } from "./draft.ts";
import type { JsonObject } from "./object.ts";
import { probesOf } from "./probes.ts";
import { containerSecurity, ownSecurity, podBasics, podSecurity } from "./security.ts";
import { type HostLine, hostAliasesOf } from "./services.ts";
import type { StackNote } from "./stack.ts";
import { bytesQuantity, cpuQuantity, escaped } from "./text.ts";
import { type PodVolumes, volumesOf } from "./volumes.ts";

export interface Pod {
  readonly spec: JsonObject;
  readonly notes: readonly StackNote[];
}

/** The gateway's image holds it; `host:port` each. */
const WAIT = ["node", "/app/wait.mjs"];
/** Makes the folders it is given. The gateway's image has Node, which is all that is sure to be there. */
const MAKE_FOLDERS = [
  "node",
  "-e",
  "for (const path of process.argv.slice(1)) require('node:fs').mkdirSync(path, { recursive: true, mode: 0o755 })",
];
const FOLDERS_AT = "/volumes";

/** Of a container of ours: Node, doing next to nothing. */
export const OWN_RESOURCES = {
  limits: { cpu: "500m", memory: "96Mi", "ephemeral-storage": "64Mi" },
  requests: { cpu: "10m", memory: "32Mi", "ephemeral-storage": "16Mi" },
} as const;
export const OWN_MEMORY_BYTES = 96 * 1024 * 1024;
export const OWN_CPU_MILLI = 500;
export const OWN_STORAGE_BYTES = 64 * 1024 * 1024;

/** Docker's, and Compose's. */
const DEFAULT_GRACE_S = 10;
/** A closed stack is gone within a minute. */
const LONGEST_GRACE_S = 30;

/** `hosts`: further names of the stack's services. */
export function podOf(draft: Draft, part: ServiceDraft, hosts: readonly HostLine[]): Pod {
  const volumes = volumesOf(draft, part);
  const aliases = hostAliasesOf(part, hosts);
  const inits = [...foldersOf(draft, part, volumes), ...waitOf(draft, part)];
  const { service } = part;
  return {
    notes: volumes.notes,
    spec: {
      ...podBasics(ownName(draft.names, "stack")),
      terminationGracePeriodSeconds: graceOf(service.stopGraceMs),
      securityContext: podSecurity(part),
      ...(hostNameOf(service.hostname) === null ? {} : { hostname: hostNameOf(service.hostname) }),
      ...(aliases.length === 0 ? {} : { hostAliases: aliases }),
      ...(inits.length === 0 ? {} : { initContainers: inits }),
      containers: [containerOf(draft, part, volumes)],
      ...(volumes.volumes.length === 0 ? {} : { volumes: volumes.volumes }),
    },
  };
}

/** The pod of the seed: the answering service's, but for what it runs, and waiting for nobody. */
export function seedPodOf(
  draft: Draft,
  part: ServiceDraft,
  seed: { command: string; hosts: readonly HostLine[] },
): JsonObject {
  const volumes = volumesOf(draft, part);
  const aliases = hostAliasesOf(part, seed.hosts);
  const folders = foldersOf(draft, part, volumes);
  const { ports: _, readinessProbe: _r, startupProbe: _s, args: _a, ...container } = containerOf(draft, part, volumes);
  return {
    ...podBasics(ownName(draft.names, "stack")),
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 1,
    securityContext: podSecurity(part),
    ...(aliases.length === 0 ? {} : { hostAliases: aliases }),
    ...(folders.length === 0 ? {} : { initContainers: folders }),
    containers: [{ ...container, name: "seed", command: ["/bin/sh", "-c", escaped(seed.command)] }],
    ...(volumes.volumes.length === 0 ? {} : { volumes: volumes.volumes }),
  };
}

function containerOf(draft: Draft, part: ServiceDraft, { mounts }: PodVolumes): JsonObject {
  const { service, image, ports } = part;
  const env = envOf(draft, part);
  return {
    name: fittedName(part.name, LABEL_CHARS),
    image,
    imagePullPolicy: "IfNotPresent",
    ...wordsOf(service),
    ...(service.workingDir === null ? {} : { workingDir: service.workingDir }),
    ...(service.tty ? { tty: true } : {}),
    ...(service.stdin ? { stdin: true } : {}),
    ...(env.length === 0 ? {} : { env }),
    ...(ports.all.length === 0 ? {} : { ports: portsOf(part) }),
    resources: resourcesOf(part),
    ...probesOf(part),
    securityContext: containerSecurity(part),
    ...(mounts.length === 0 ? {} : { volumeMounts: mounts }),
    terminationMessagePolicy: "FallbackToLogsOnError",
  };
}

/** An empty entry point clears the image's; an empty list in `command` or `args` would mean the image's own. */
function wordsOf({ entrypoint, command }: ServiceDraft["service"]): JsonObject {
  const clears = entrypoint !== null && entrypoint.length === 0;
  const program = clears ? (command ?? []) : (entrypoint ?? []);
  const args = clears ? [] : (command ?? []);
  return {
    ...(program.length === 0 ? {} : { command: program.map(escaped) }),
    ...(args.length === 0 ? {} : { args: args.map(escaped) }),
  };
}

/** The file's variables as they are, the stack's own from a Secret; the stack's win. */
function envOf(draft: Draft, { service }: ServiceDraft): readonly JsonObject[] {
  const { env, envServices } = draft.workload;
  const secret = envServices.includes(service.name) ? Object.keys(env) : [];
  return [
    ...Object.entries(service.environment)
      .filter(([name]) => !secret.includes(name))
      .map(([name, value]) => ({ name, value: escaped(value) })),
    ...secret.map((name) => ({ name, valueFrom: { secretKeyRef: { name: envName(draft), key: name } } })),
  ];
}

function portsOf({ ports }: ServiceDraft): readonly JsonObject[] {
  return ports.all.map(({ port, protocol }) => ({
    name: `${protocol}-${port}`,
    containerPort: port,
    protocol: protocol.toUpperCase(),
  }));
}

function resourcesOf({ share }: ServiceDraft): JsonObject {
  const storage = bytesQuantity(share.storageBytes);
  return {
    limits: {
      cpu: cpuQuantity(share.cpuMilli),
      memory: bytesQuantity(share.memoryBytes),
      "ephemeral-storage": storage,
    },
    requests: {
      cpu: cpuQuantity(share.requestCpuMilli),
      memory: bytesQuantity(share.requestMemoryBytes),
      "ephemeral-storage": bytesQuantity(Math.min(share.storageBytes, OWN_STORAGE_BYTES)),
    },
  };
}

/** Makes folders for the service's user in its empty volumes. */
function foldersOf({ cluster }: Draft, { user }: ServiceDraft, { owned }: PodVolumes): readonly JsonObject[] {
  if (owned.length === 0) return [];
  const names = [...new Set(owned.map(({ volume }) => volume))];
  return [
    {
      name: "shadow-folders",
      image: cluster.gatewayImage,
      imagePullPolicy: "IfNotPresent",
      command: [...MAKE_FOLDERS, ...owned.map(({ volume, path }) => `${FOLDERS_AT}/${volume}/${path}`)],
      resources: OWN_RESOURCES,
      securityContext: ownSecurity(user),
      volumeMounts: names.map((name) => ({ name, mountPath: `${FOLDERS_AT}/${name}` })),
      terminationMessagePolicy: "FallbackToLogsOnError",
    },
  ];
}

/** A Service accepts connections as soon as a pod behind it is ready, so one look serves `started` and `healthy`. */
function waitOf({ cluster, services }: Draft, { service }: ServiceDraft): readonly JsonObject[] {
  const addresses = service.dependsOn.flatMap(({ service: name, condition, required }) => {
    const other = services.find((part) => part.service.name === name);
    const port = other?.ports.sure ?? null;
    const listens = required && condition !== "completed" && other?.lasting === "server" && other.service.replicas > 0;
    return listens && port !== null ? [`${other.name}:${port}`] : [];
  });
  if (addresses.length === 0) return [];
  return [
    {
      name: "shadow-wait",
      image: cluster.gatewayImage,
      imagePullPolicy: "IfNotPresent",
      command: [...WAIT, ...addresses],
      resources: OWN_RESOURCES,
      securityContext: ownSecurity(),
      terminationMessagePolicy: "FallbackToLogsOnError",
    },
  ];
}

function graceOf(ms: number | null): number {
  if (ms === null || !Number.isFinite(ms)) return DEFAULT_GRACE_S;
  return Math.min(LONGEST_GRACE_S, Math.max(1, Math.ceil(ms / 1_000)));
}

/** As far as it is a label; a longer one is the network's, not the pod's. */
function hostNameOf(hostname: string | null): string | null {
  return hostname !== null && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(hostname) ? hostname : null;
}
