/** A service as docker compose's own model has it, and as ours has it, in one form: what the two readings must agree on. */
import type { ComposeProject, ComposeService, Mount } from "../../../../core/shadow/compose/project.ts";
import { composeBytes, composeDurationMs } from "../../../../core/shadow/compose/quantities.ts";

export interface Comparable {
  readonly image: string | null;
  readonly built: boolean;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly expose: readonly string[];
  readonly health: unknown;
  readonly dependsOn: readonly string[];
  readonly mounts: readonly string[];
  readonly files: readonly string[];
  readonly resources: unknown;
  readonly container: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: the model is JSON of another program, read key by key.
type Json = any;

/** A service of the model; `$$` stays escaped there. */
export function comparableModel(service: Json, root: string): Comparable {
  const limits = service.deploy?.resources?.limits ?? {};
  const reservations = service.deploy?.resources?.reservations ?? {};
  return {
    image: service.image ?? null,
    built: service.build !== undefined,
    command: service.command === null ? null : service.command.map(dollars),
    entrypoint: service.entrypoint === null ? null : service.entrypoint.map(dollars),
    environment: Object.fromEntries(
      Object.entries(service.environment ?? {}).flatMap(([name, value]) =>
        value === null ? [] : [[name, dollars(value)]],
      ),
    ),
    ports: distinct((service.ports ?? []).map((port: Json) => `${port.target}/${port.protocol}`)),
    expose: distinct((service.expose ?? []).flatMap(exposed)),
    health: healthOf(service.healthcheck),
    dependsOn: Object.entries<Json>(service.depends_on ?? {})
      .map(([name, one]) => `${name} ${one.condition.replace(/^service_|_successfully$/g, "")} ${one.required}`)
      .toSorted(),
    mounts: mountsOf(service, root),
    files: [...fileTargets(service.secrets, "/run/secrets/"), ...fileTargets(service.configs, "/")].toSorted(),
    resources: {
      cpus: number(limits.cpus ?? service.cpus),
      memory: number(limits.memory ?? service.mem_limit),
      reservedCpus: number(reservations.cpus),
      reservedMemory: number(reservations.memory ?? service.mem_reservation),
      pids: number(limits.pids ?? service.pids_limit),
    },
    container: {
      user: service.user ?? null,
      groups: service.group_add ?? [],
      workingDir: service.working_dir ?? null,
      readOnly: service.read_only ?? false,
      replicas: service.scale ?? service.deploy?.replicas ?? 1,
      stopGraceMs: service.stop_grace_period === undefined ? null : ms(service.stop_grace_period),
      stopSignal: service.stop_signal ?? null,
      shm: number(service.shm_size),
      tty: service.tty ?? false,
      stdin: service.stdin_open ?? false,
      hostname: service.hostname ?? null,
      names: namesOf(service),
      extraHosts: (service.extra_hosts ?? []).toSorted(),
    },
  };
}

export function comparableService(service: ComposeService): Comparable {
  return {
    image: service.image,
    built: service.built,
    command: service.command,
    entrypoint: service.entrypoint,
    environment: service.environment,
    ports: service.ports.map(({ port, protocol }) => `${port}/${protocol}`).toSorted(),
    expose: service.expose.map(({ port, protocol }) => `${port}/${protocol}`).toSorted(),
    health: service.healthcheck,
    dependsOn: service.dependsOn.map((one) => `${one.service} ${one.condition} ${one.required}`).toSorted(),
    mounts: service.mounts.flatMap(mountText).toSorted(),
    files: service.mounts
      .flatMap((one) => (one.kind === "project-file" ? [`${one.file} ${one.target}`] : []))
      .toSorted(),
    resources: {
      cpus: service.resources.cpus,
      memory: service.resources.memoryBytes,
      reservedCpus: service.resources.reservedCpus,
      reservedMemory: service.resources.reservedMemoryBytes,
      pids: service.resources.pids,
    },
    container: {
      user: service.user,
      groups: service.groups,
      workingDir: service.workingDir,
      readOnly: service.readOnly,
      replicas: service.replicas,
      stopGraceMs: service.stopGraceMs,
      stopSignal: service.stopSignal,
      shm: service.shmBytes,
      tty: service.tty,
      stdin: service.stdin,
      hostname: service.hostname,
      names: service.aliases.toSorted(),
      extraHosts: service.extraHosts.map(({ name, address }) => `${name}=${address}`).toSorted(),
    },
  };
}

/** Mounts of the model by the number of the item in `volumes`; those that a note leaves out are taken away by the caller. */
export function withoutDropped(service: Json, project: ComposeProject, name: string): Json {
  const dropped = new Set(
    project.notes.flatMap(({ key, effect }) =>
      effect === "dropped" && key.startsWith(`services.${name}.volumes[`) ? [key] : [],
    ),
  );
  const volumes = (service.volumes ?? []).filter(
    (_: Json, n: number) => !dropped.has(`services.${name}.volumes[${n}]`),
  );
  return { ...service, volumes };
}

function mountText(mount: Mount): readonly string[] {
  if (mount.kind === "project-file") return [];
  if (mount.kind === "volume") return [`volume ${mount.volume} ${mount.target} ${mount.readOnly}`];
  if (mount.kind === "tmpfs") return [`tmpfs ${mount.target} ${mount.sizeBytes}`];
  return [`${mount.kind === "files" ? "bind" : "anonymous"} ${mount.target}`];
}

function mountsOf(service: Json, root: string): readonly string[] {
  const volumes = (service.volumes ?? []).map((one: Json) => {
    if (one.type === "volume" && one.source !== undefined)
      return `volume ${one.source} ${one.target} ${one.read_only ?? false}`;
    if (one.type === "tmpfs") return `tmpfs ${one.target} ${number(one.tmpfs?.size)}`;
    return one.type === "bind" && one.source.startsWith(root) ? `bind ${one.target}` : `anonymous ${one.target}`;
  });
  const tmpfs = (service.tmpfs ?? []).map((one: string) => {
    const size = /size=([^,]+)/.exec(one)?.[1];
    return `tmpfs ${one.split(":")[0]} ${size === undefined ? null : composeBytes(size)}`;
  });
  return [...volumes, ...tmpfs].toSorted();
}

/** `5000-5002/udp` is three ports. */
function exposed(text: string): readonly string[] {
  const [range = "", protocol = "tcp"] = text.split("/");
  const [first = "", last = first] = range.split("-");
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => `${Number(first) + n}/${protocol}`);
}

function fileTargets(files: Json, folder: string): readonly string[] {
  return (files ?? []).map((one: Json) => {
    const target = one.target ?? one.source;
    return `${one.source} ${target.startsWith("/") ? target : folder + target}`;
  });
}

function healthOf(health: Json): unknown {
  if (health === undefined) return null;
  const [kind, ...rest] = health.test ?? [];
  const test =
    health.disable === true || kind === "NONE"
      ? { kind: "none" }
      : kind === undefined
        ? { kind: "image" }
        : kind === "CMD"
          ? { kind: "exec", command: rest.map(dollars) }
          : { kind: "shell", command: rest.map(dollars).join(" ") };
  return {
    test,
    intervalMs: ms(health.interval) || 30_000,
    timeoutMs: ms(health.timeout) || 30_000,
    retries: health.retries || 3,
    startPeriodMs: ms(health.start_period),
    startIntervalMs: ms(health.start_interval) || null,
  };
}

function namesOf(service: Json): readonly string[] {
  const aliases = Object.values<Json>(service.networks ?? {}).flatMap((network) => network?.aliases ?? []);
  return distinct([...(service.container_name === undefined ? [] : [service.container_name]), ...aliases]);
}

function ms(text: string | undefined): number {
  return text === undefined ? 0 : (composeDurationMs(text) ?? Number.NaN);
}

/** Absent, and zero, which means no limit. */
function number(value: Json): number | null {
  return value === undefined || Number(value) === 0 ? null : Number(value);
}

function dollars(text: unknown): string {
  return String(text).replaceAll("$$", "$");
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}
