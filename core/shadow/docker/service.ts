/**
 * One service for docker compose: only what a ComposeService has, each key written anew. What a container of the stack may never have
 * (host paths, ports of the machine, added rights) has no way in here, whatever the repository's file said.
 */
import type { ComposeService, Healthcheck } from "../compose/project.ts";
import { isAddress } from "../stack/address.ts";
import { ROOT_CAPABILITIES } from "../stack/capabilities.ts";
import { lastingOf } from "../stack/order.ts";
import { copiesOf, type Share } from "../stack/share.ts";
import type { ComposeWorkload } from "../stack/spec.ts";
import { userOf } from "../stack/user.ts";
import type { DockerMounts } from "./mounts.ts";
import type { DockerPart } from "./options.ts";
import { duration, escapedAll } from "./text.ts";

/** Of one container, so that none takes the machine's last. */
const MOST_PROCESSES = 1_024;
const JOB_RETRIES = 3;
const MILLI = 1_000;
const CONDITIONS = {
  started: "service_started",
  healthy: "service_healthy",
  completed: "service_completed_successfully",
} as const;
const RESTARTS = { always: "always", no: "no", "on-failure": `on-failure:${JOB_RETRIES}` } as const;

/** Of every container of a stack. Logs are kept small: nobody turns them over. */
export const CONTAINER_RULES = {
  security_opt: ["no-new-privileges:true"],
  cap_drop: ["ALL"],
  logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "2" } },
} as const;

export interface DockerService {
  readonly service: ComposeService;
  readonly workload: ComposeWorkload;
  readonly share: Share;
  readonly mounts: DockerMounts;
  /** Names of networks. */
  readonly networks: readonly string[];
}

export function serviceOf({ service, workload, share, mounts, networks }: DockerService): DockerPart {
  const image = Object.hasOwn(workload.images, service.name) ? (workload.images[service.name] ?? "") : "";
  const user = userOf(service, image);
  const isRoot = typeof user === "string" ? user === "image" || user === "name" : user.uid === 0;
  const own: DockerPart = {
    image,
    pull_policy: "missing",
    ...wordsOf(service),
    ...CONTAINER_RULES,
    ...(isRoot ? { cap_add: [...ROOT_CAPABILITIES] } : {}),
    environment: environmentOf(service, workload),
    networks: Object.fromEntries(networks.map((name) => [name, { aliases: [...service.aliases] }])),
    restart: restartOf(service, workload),
    ...dependenciesOf(service, workload),
    ...healthOf(service.healthcheck),
    deploy: { replicas: copiesOf(service), resources: resourcesOf(service, share) },
    ...(mounts.volumes.length === 0 ? {} : { volumes: mounts.volumes }),
    ...(mounts.configs.length === 0 ? {} : { configs: mounts.configs }),
    // Contents are put into a container before it starts, which one that cannot be written to does not take.
    ...(service.readOnly && mounts.configs.length === 0 ? { read_only: true } : {}),
    ...detailsOf(service),
  };
  // Texts only: everything above is ours or a stranger's words, and no word is a variable.
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, escapedAll(value)]));
}

/** What lasts is started again whatever its file says: the one that answers, above all. */
function restartOf(service: ComposeService, { project, entry }: ComposeWorkload): string {
  return lastingOf(service, project, entry.service) === "server" ? RESTARTS.always : RESTARTS[service.restart];
}

function wordsOf({ entrypoint, command }: ComposeService): DockerPart {
  return { ...(entrypoint === null ? {} : { entrypoint }), ...(command === null ? {} : { command }) };
}

function environmentOf({ name, environment }: ComposeService, { env, envServices }: ComposeWorkload): DockerPart {
  return { ...environment, ...(envServices.includes(name) ? env : {}) };
}

function dependenciesOf({ dependsOn }: ComposeService, { project }: ComposeWorkload): DockerPart {
  const known = dependsOn.filter((one) => project.services.some(({ name }) => name === one.service));
  if (known.length === 0) return {};
  const entries = known.map(
    ({ service, condition, required }) => [service, { condition: CONDITIONS[condition], required }] as const,
  );
  return { depends_on: Object.fromEntries(entries) };
}

function healthOf(healthcheck: Healthcheck | null): DockerPart {
  if (healthcheck === null) return {};
  const { test, intervalMs, timeoutMs, retries, startPeriodMs, startIntervalMs } = healthcheck;
  if (test.kind === "none") return { healthcheck: { disable: true } };
  const words =
    test.kind === "shell" ? ["CMD-SHELL", test.command] : test.kind === "exec" ? ["CMD", ...test.command] : null;
  return {
    healthcheck: {
      ...(words === null ? {} : { test: words }),
      interval: duration(intervalMs),
      timeout: duration(timeoutMs),
      retries: Number.isFinite(retries) ? Math.min(1_000, Math.max(1, Math.floor(retries))) : 1,
      start_period: duration(startPeriodMs),
      ...(startIntervalMs === null ? {} : { start_interval: duration(startIntervalMs) }),
    },
  };
}

function resourcesOf({ resources }: ComposeService, share: Share): DockerPart {
  const pids = Math.floor(Math.min(resources.pids ?? MOST_PROCESSES, MOST_PROCESSES));
  return {
    limits: { cpus: cpus(share.cpuMilli), memory: String(share.memoryBytes), pids: Math.max(1, pids) },
    reservations: { memory: String(share.requestMemoryBytes) },
  };
}

function cpus(milli: number): string {
  return (milli / MILLI).toFixed(3);
}

function detailsOf({ extraHosts, ...service }: ComposeService): DockerPart {
  const hosts = extraHosts.filter(({ name, address }) => isAddress(address) && /^[\w.-]{1,253}$/.test(name));
  return {
    ...(service.user === null || service.user === "" ? {} : { user: service.user }),
    ...(service.groups.length === 0 ? {} : { group_add: [...new Set(service.groups)] }),
    ...(service.workingDir === null ? {} : { working_dir: service.workingDir }),
    ...(service.hostname === null ? {} : { hostname: service.hostname }),
    ...(service.stopGraceMs === null
      ? {}
      : { stop_grace_period: duration(Math.min(service.stopGraceMs, LONGEST_GRACE_MS)) }),
    ...(service.stopSignal === null ? {} : { stop_signal: service.stopSignal }),
    ...(service.shmBytes === null || !(service.shmBytes >= 1)
      ? {}
      : { shm_size: String(Math.floor(Math.min(service.shmBytes, MOST_SHM_BYTES))) }),
    ...(service.tty ? { tty: true } : {}),
    ...(service.stdin ? { stdin_open: true } : {}),
    ...(hosts.length === 0 ? {} : { extra_hosts: hosts.map(({ name, address }) => `${name}=${address}`) }),
  };
}

/** A closed stack is gone within a minute. */
const LONGEST_GRACE_MS = 30_000;
/** Counts as memory of the container, which has a limit; this one keeps the number sane. */
const MOST_SHM_BYTES = 2 ** 33;
