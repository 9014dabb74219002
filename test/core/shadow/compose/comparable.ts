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

/** A service in the JSON of `docker compose config`, as far as it is compared. */
export interface ModelService {
  readonly image?: string;
  readonly build?: unknown;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly ports?: readonly { readonly target: number; readonly protocol: string }[];
  readonly expose?: readonly string[];
  readonly healthcheck?: ModelHealth;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required: boolean }>>;
  readonly volumes?: readonly ModelVolume[];
  readonly tmpfs?: readonly string[];
  readonly secrets?: readonly ModelFile[];
  readonly configs?: readonly ModelFile[];
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: ModelLimits; readonly reservations?: ModelLimits };
  };
  readonly cpus?: Amount;
  readonly mem_limit?: Amount;
  readonly mem_reservation?: Amount;
  readonly pids_limit?: Amount;
  readonly shm_size?: Amount;
  readonly scale?: number;
  readonly user?: string;
  readonly group_add?: readonly string[];
  readonly working_dir?: string;
  readonly read_only?: boolean;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly tty?: boolean;
  readonly stdin_open?: boolean;
  readonly hostname?: string;
  readonly container_name?: string;
  readonly extra_hosts?: readonly string[];
  readonly networks?: Readonly<Record<string, { readonly aliases?: readonly string[] } | null>>;
}

type Amount = string | number;

interface ModelLimits {
  readonly cpus?: Amount;
  readonly memory?: Amount;
  readonly pids?: Amount;
}

interface ModelVolume {
  readonly type: string;
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly tmpfs?: { readonly size?: Amount };
}

interface ModelFile {
  readonly source: string;
  readonly target?: string;
}

interface ModelHealth {
  readonly test?: readonly string[];
  readonly interval?: string;
  readonly timeout?: string;
  readonly retries?: number;
  readonly start_period?: string;
  readonly start_interval?: string;
  readonly disable?: boolean;
}

/** A service of the model; `$$` stays escaped there. */
export function comparableModel(service: ModelService, root: string): Comparable {
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
    ports: distinct((service.ports ?? []).map((port) => `${port.target}/${port.protocol}`)),
    expose: distinct((service.expose ?? []).flatMap(exposed)),
    health: healthOf(service.healthcheck),
    dependsOn: Object.entries(service.depends_on ?? {})
      .map(([name, one]) => `${name} ${one.condition.replaceAll(/^service_|_successfully$/g, "")} ${one.required}`)
      .toSorted(inOrder),
    mounts: mountsOf(service, root),
    files: [...fileTargets(service.secrets, "/run/secrets/"), ...fileTargets(service.configs, "/")].toSorted(inOrder),
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
      extraHosts: [...(service.extra_hosts ?? [])].toSorted(inOrder),
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
    ports: service.ports.map(({ port, protocol }) => `${port}/${protocol}`).toSorted(inOrder),
    expose: service.expose.map(({ port, protocol }) => `${port}/${protocol}`).toSorted(inOrder),
    health: service.healthcheck,
    dependsOn: service.dependsOn.map((one) => `${one.service} ${one.condition} ${one.required}`).toSorted(inOrder),
    mounts: service.mounts.flatMap(mountText).toSorted(inOrder),
    files: service.mounts
      .flatMap((one) => (one.kind === "project-file" ? [`${one.file} ${one.target}`] : []))
      .toSorted(inOrder),
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
      names: service.aliases.toSorted(inOrder),
      extraHosts: service.extraHosts.map(({ name, address }) => `${name}=${address}`).toSorted(inOrder),
    },
  };
}

/** Mounts of the model by the number of the item in `volumes`; those that a note leaves out are taken away by the caller. */
export function withoutDropped(service: ModelService, project: ComposeProject, name: string): ModelService {
  const dropped = new Set(
    project.notes.flatMap(({ key, effect }) =>
      effect === "dropped" && key.startsWith(`services.${name}.volumes[`) ? [key] : [],
    ),
  );
  const volumes = (service.volumes ?? []).filter((_, n) => !dropped.has(`services.${name}.volumes[${n}]`));
  return { ...service, volumes };
}

function mountText(mount: Mount): readonly string[] {
  if (mount.kind === "project-file") return [];
  if (mount.kind === "volume") return [`volume ${mount.volume} ${mount.target} ${mount.readOnly}`];
  if (mount.kind === "tmpfs") return [`tmpfs ${mount.target} ${mount.sizeBytes}`];
  return [`${mount.kind === "files" ? "bind" : "anonymous"} ${mount.target}`];
}

function mountsOf(service: ModelService, root: string): readonly string[] {
  const volumes = (service.volumes ?? []).map((one) => {
    if (one.type === "volume" && one.source !== undefined)
      return `volume ${one.source} ${one.target} ${one.read_only ?? false}`;
    if (one.type === "tmpfs") return `tmpfs ${one.target} ${number(one.tmpfs?.size)}`;
    return one.type === "bind" && one.source?.startsWith(root) === true
      ? `bind ${one.target}`
      : `anonymous ${one.target}`;
  });
  const tmpfs = (service.tmpfs ?? []).map((one) => {
    const size = /size=([^,]+)/.exec(one)?.[1];
    return `tmpfs ${one.split(":")[0]} ${size === undefined ? null : composeBytes(size)}`;
  });
  return [...volumes, ...tmpfs].toSorted(inOrder);
}

/** `5000-5002/udp` is three ports. */
function exposed(text: string): readonly string[] {
  const [range = "", protocol = "tcp"] = text.split("/");
  const [first = "", last = first] = range.split("-");
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => `${Number(first) + n}/${protocol}`);
}

function fileTargets(files: readonly ModelFile[] | undefined, folder: string): readonly string[] {
  return (files ?? []).map((one) => {
    const target = one.target ?? one.source;
    return `${one.source} ${target.startsWith("/") ? target : folder + target}`;
  });
}

function healthOf(health: ModelHealth | undefined): unknown {
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
    retries: health.retries === undefined || health.retries === 0 ? 3 : health.retries,
    startPeriodMs: ms(health.start_period),
    startIntervalMs: ms(health.start_interval) || null,
  };
}

function namesOf(service: ModelService): readonly string[] {
  const aliases = Object.values(service.networks ?? {}).flatMap((network) => network?.aliases ?? []);
  return distinct([...(service.container_name === undefined ? [] : [service.container_name]), ...aliases]);
}

function ms(text: string | undefined): number {
  return text === undefined ? 0 : (composeDurationMs(text) ?? Number.NaN);
}

/** Absent, and zero, which means no limit. */
function number(value: Amount | undefined): number | null {
  return value === undefined || Number(value) === 0 ? null : Number(value);
}

function dollars(text: unknown): string {
  return String(text).replaceAll("$$", "$");
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted(inOrder);
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : 1;
}
