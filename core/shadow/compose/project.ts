/**
 * A repository's compose file as we understand it: interpolated, merged, `extends` and profiles applied, both syntaxes of every key
 * in one form. What a driver may build a stack from. Nothing of the file itself travels further than this.
 */
import type { ComposeNote } from "./note.ts";

export interface ComposeProject {
  /** In the file's order; only those of active profiles, and without those that `x-shadow` leaves out. */
  readonly services: readonly ComposeService[];
  /** Named volumes that a service mounts; each starts empty and ends with the stack. */
  readonly volumes: readonly string[];
  /** `configs:` and `secrets:` of the top level that a service uses. */
  readonly files: readonly ProjectFile[];
  /** The service that `x-shadow` of the top level says answers; null: it does not say. */
  readonly answers: string | null;
  /** What was left out, by name and line. A refused key gives no project at all. */
  readonly notes: readonly ComposeNote[];
}

export interface ProjectFile {
  readonly name: string;
  readonly kind: "config" | "secret";
  readonly content: string;
}

export interface ComposeService {
  readonly name: string;
  /** Where it begins in the compose file, from 1. */
  readonly line: number;
  /** As written; null where the service is only built. */
  readonly image: string | null;
  /** It is built from the repository's source: its image comes from a template. */
  readonly built: boolean;
  /** Null: the image's own. An empty list clears it. */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  /** `env_file` first, `environment` over it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Container ports of `ports`, in order: the first is where a service answers. */
  readonly ports: readonly ServicePort[];
  /** Further ports, of `expose`. */
  readonly expose: readonly ServicePort[];
  readonly healthcheck: Healthcheck | null;
  readonly dependsOn: readonly Dependency[];
  readonly mounts: readonly Mount[];
  readonly resources: Resources;
  /** `1000`, `1000:1000` or a name. */
  readonly user: string | null;
  readonly groups: readonly string[];
  readonly workingDir: string | null;
  readonly readOnly: boolean;
  /** More than one is kept: behaviour may depend on it. */
  readonly replicas: number;
  /** `no`, `on-failure`: it is a job that ends, such as a migration. */
  readonly restart: "always" | "on-failure" | "no";
  readonly stopGraceMs: number | null;
  readonly stopSignal: string | null;
  readonly shmBytes: number | null;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly hostname: string | null;
  /** Other names under which services of the stack reach it: `container_name`, aliases of networks, `links`. */
  readonly aliases: readonly string[];
  /** `name` to address, of `extra_hosts`. */
  readonly extraHosts: readonly { readonly name: string; readonly address: string }[];
}

export interface ServicePort {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

export interface Healthcheck {
  /** `none`: the image's own is switched off. `shell`: one string for `/bin/sh -c`. `exec`: program and arguments. */
  readonly test:
    | { readonly kind: "none" }
    | { readonly kind: "shell"; readonly command: string }
    | { readonly kind: "exec"; readonly command: readonly string[] }
    /** Only times were given: the test is the image's, which we cannot see. */
    | { readonly kind: "image" };
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
  readonly startIntervalMs: number | null;
}

export interface Dependency {
  readonly service: string;
  readonly condition: "started" | "healthy" | "completed";
  /** False: without it the service starts all the same. */
  readonly required: boolean;
}

export type Mount = {
  /** Absolute path in the container. */
  readonly target: string;
  readonly readOnly: boolean;
} & (
  | { readonly kind: "volume"; readonly volume: string; readonly subpath: string | null }
  | { readonly kind: "anonymous" }
  | { readonly kind: "tmpfs"; readonly sizeBytes: number | null }
  /** Files of the repository, by path relative to the target; a single file has the path "". */
  | { readonly kind: "files"; readonly files: readonly { readonly path: string; readonly content: string }[] }
  /** A config or secret of the project. */
  | { readonly kind: "project-file"; readonly file: string; readonly mode: number | null }
);

/** What the file asks for; null where it does not say. A driver holds it against the operator's limits. */
export interface Resources {
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
  readonly reservedCpus: number | null;
  readonly reservedMemoryBytes: number | null;
  readonly pids: number | null;
}
