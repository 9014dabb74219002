/** The part of the settings that comes from the operator's file, in the units of the program. Secrets it names come by environment. */
import { durationMs } from "../../../core/config/duration.ts";
import type { OperatorFile } from "./file-schema.ts";
import type { ClusterSettings, OperatorSettings, RepositorySettings } from "./operator.ts";
import type { Reading } from "./reading.ts";
import { sizeBytes } from "./sizes.ts";
import { SECRET_PREFIX } from "./variables.ts";

type FileSettings = Pick<
  OperatorSettings,
  | "previewSuffixes"
  | "drivers"
  | "repositories"
  | "registries"
  | "limits"
  | "maxStacks"
  | "imageWaitMs"
  | "startLimitMs"
  | "idleAfterMs"
>;

export function fileSettings(file: OperatorFile, reading: Reading): FileSettings {
  const { limits } = file;
  return {
    previewSuffixes: file.preview_suffixes,
    drivers: file.drivers,
    repositories: new Map(file.repositories.map((repository) => [repository.id, repositoryOf(repository, reading)])),
    registries: file.registries,
    limits: {
      cpus: limits.cpus,
      memoryBytes: bytesOf(limits.memory),
      services: limits.services,
      storageBytes: bytesOf(limits.storage),
      defaultCpus: limits.default_cpus,
      defaultMemoryBytes: bytesOf(limits.default_memory),
      podSecurity: file.pod_security,
    },
    maxStacks: file.max_stacks,
    imageWaitMs: msOf(file.image_wait),
    startLimitMs: msOf(file.start_limit),
    idleAfterMs: msOf(file.idle_after),
  };
}

/** `namespace` and `gatewayImage` come by environment, where the manifests set them. */
export function clusterSettings(
  { cluster }: OperatorFile,
  { namespace, gatewayImage }: Pick<ClusterSettings, "namespace" | "gatewayImage">,
): ClusterSettings {
  return {
    namespace,
    gatewayImage,
    reach: reachOf(cluster),
    stripHeaders: cluster.strip_headers,
    pullSecret: cluster.pull_secret ?? null,
    ingressNamespace: cluster.ingress_namespace ?? null,
    sharedStorageClass: cluster.shared_storage_class ?? null,
  };
}

function reachOf({ reach, ingress_class, gateway }: OperatorFile["cluster"]): ClusterSettings["reach"] {
  if (reach === "gateway" && gateway !== undefined) return { kind: "gateway", ...gateway };
  return reach === "node-port" ? { kind: "node-port" } : { kind: "ingress", className: ingress_class ?? null };
}

function repositoryOf(row: OperatorFile["repositories"][number], reading: Reading): RepositorySettings {
  return {
    id: row.id,
    fullName: row.name,
    hosts: row.hosts,
    secrets: Object.fromEntries(row.secrets.map((name) => [name, secretOf(name, row.name, reading)])),
    drafts: row.drafts,
    maxRps: row.max_rps ?? null,
    imageCheck: row.image_check ?? null,
    previewEnvironment: row.preview_environment ?? null,
    registries: row.registries ?? null,
    egress: row.egress ?? null,
    baseBranches: row.base_branches,
    process: row.process ?? null,
  };
}

function secretOf(name: string, repository: string, { env, problem }: Reading): string {
  const value = env[`${SECRET_PREFIX}${name}`];
  if (value === undefined || value === "")
    problem(
      `${SECRET_PREFIX}${name} is not set. ${repository} may use secret:${name}, so the provisioner needs its value.`,
    );
  return value ?? "";
}

/** The form was checked with the file. */
function msOf(text: string): number {
  return durationMs(text) ?? 0;
}

function bytesOf(text: string): number {
  return sizeBytes(text) ?? 0;
}
