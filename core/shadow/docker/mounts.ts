/** A service's mounts for docker compose. Files are handed over with their content: nothing of the machine is mounted. */
import type { ComposeService } from "../compose/project.ts";
import { distinctMounts, targetOf } from "../stack/mounts.ts";
import { shortHash } from "../stack/names.ts";
import type { ComposeWorkload } from "../stack/spec.ts";
import { userOf } from "../stack/user.ts";
import type { DockerJson, DockerPart } from "./options.ts";

export interface DockerMounts {
  readonly volumes: readonly DockerPart[];
  /** What the service takes of the project's configs. */
  readonly configs: readonly DockerPart[];
  /** The contents of those, by name. */
  readonly contents: Readonly<Record<string, DockerPart>>;
  /** Names of the volumes it mounts. */
  readonly named: readonly string[];
}

/** Readable and executable by all: who wrote the file is not known, and scripts are started. */
const FILE_MODE = 0o555;
const SECRET_MODE = 0o444;

export function mountsOf(service: ComposeService, workload: ComposeWorkload): DockerMounts {
  const mounts = distinctMounts(service.mounts);
  const at = workload.project.services.indexOf(service);
  const files = mounts.flatMap((mount, index) => {
    const target = targetOf(mount);
    if (mount.kind === "files")
      return mount.files.map(({ path, content }, number) => ({
        name: `f${at}-${index}-${number}`,
        content,
        target: path === "" ? target : `${target}/${path}`,
        mode: FILE_MODE,
      }));
    if (mount.kind !== "project-file") return [];
    const file = workload.project.files.find(({ name }) => name === mount.file);
    const mode = mount.mode ?? (file?.kind === "secret" ? SECRET_MODE : FILE_MODE);
    return [{ name: `f${at}-${index}`, content: file?.content ?? "", target, mode: mode & 0o777 }];
  });
  return {
    volumes: mounts.flatMap((mount) => volumeOf(mount, service)),
    configs: files.map(({ name, target, mode }) => ({ source: name, target, mode, ...ownerOf(service, workload) })),
    contents: Object.fromEntries(files.map(({ name, content }) => [name, { content }])),
    named: mounts.flatMap((mount) => (mount.kind === "volume" ? [volumeName(mount.volume)] : [])),
  };
}

/** Names of volumes come from strangers; these have no odd characters. */
export function volumeName(volume: string): string {
  return `v-${shortHash(volume)}`;
}

function volumeOf(mount: ComposeService["mounts"][number], { resources }: ComposeService): readonly DockerPart[] {
  const common = { target: targetOf(mount), ...(mount.readOnly ? { read_only: true } : {}) };
  if (mount.kind === "volume")
    return [
      {
        type: "volume",
        source: volumeName(mount.volume),
        ...common,
        ...(mount.subpath === null ? {} : { volume: { subpath: mount.subpath } }),
      },
    ];
  if (mount.kind === "anonymous") return [{ type: "volume", ...common }];
  if (mount.kind !== "tmpfs") return [];
  return [{ type: "tmpfs", ...common, tmpfs: { size: tmpfsBytes(mount.sizeBytes, resources.memoryBytes) } }];
}

/** It is memory of the container, whatever the file says. */
function tmpfsBytes(asked: number | null, memory: number | null): DockerJson {
  const most = memory ?? DEFAULT_TMPFS_BYTES;
  return Math.max(1, Math.floor(Math.min(asked ?? DEFAULT_TMPFS_BYTES, Math.max(most, DEFAULT_TMPFS_BYTES))));
}

const DEFAULT_TMPFS_BYTES = 64 * 1024 * 1024;

/** So that a service that is not root can read a file that only its owner may read. */
function ownerOf(service: ComposeService, { images }: ComposeWorkload): DockerPart {
  const user = userOf(service, images[service.name] ?? "");
  return typeof user === "string" || user.uid === 0 ? {} : { uid: String(user.uid), gid: String(user.gid ?? user.uid) };
}
