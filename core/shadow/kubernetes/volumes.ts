/**
 * A service's mounts as volumes of its pod. Named volumes begin empty and end with the pod; what several services share is a claim.
 * Compose fills a new volume with what the image has there; a cluster does not, so a built service keeps its image's folder instead.
 */
import type { Mount } from "../compose/project.ts";
import { distinctMounts, targetOf } from "../stack/mounts.ts";
import { shortHash } from "../stack/names.ts";
import { claimName, claimsOf, fileName, filesName } from "./content.ts";
import type { Draft, ServiceDraft } from "./draft.ts";
import type { JsonObject } from "./object.ts";
import type { StackNote } from "./stack.ts";
import { bytesQuantity } from "./text.ts";

export interface PodVolumes {
  readonly volumes: readonly JsonObject[];
  readonly mounts: readonly JsonObject[];
  /** Empty volumes whose folder has to belong to the service's user before it starts, by volume name, with the path in it. */
  readonly owned: readonly { readonly volume: string; readonly path: string }[];
  readonly notes: readonly StackNote[];
}

interface Volume {
  readonly volumes?: readonly JsonObject[];
  readonly mount?: JsonObject;
  readonly owned?: PodVolumes["owned"][number];
  readonly note?: Omit<StackNote, "service">;
}

/** Readable and executable by all: who wrote the file is not known, and scripts are started. */
const FILE_MODE = 0o555;
const SECRET_MODE = 0o444;
/** Of a tmpfs without a size. */
const DEFAULT_TMPFS_BYTES = 64 * 1024 * 1024;
/** The folder inside an empty volume that belongs to the service's user. */
const OWNED_FOLDER = "data";
const KEEPS_IN_LAYER =
  "It keeps the image's own folder, so what the image has there is there; a restart of the container empties it. Where the image has no such folder, the program finds none: make it in the Dockerfile.";

export function volumesOf(draft: Draft, part: ServiceDraft): PodVolumes {
  const mounts = distinctMounts(part.service.mounts);
  const made = [...mounts.map((mount, index) => volumeOf({ draft, part }, mount, index)), ...shm(part, mounts)];
  const volumes = new Map(
    made.flatMap(({ volumes: own = [] }) => own.map((volume) => [JSON.stringify(volume.name), volume])),
  );
  return {
    volumes: [...volumes.values()],
    mounts: made.flatMap(({ mount }) => (mount === undefined ? [] : [mount])),
    owned: made.flatMap(({ owned }) => (owned === undefined ? [] : [owned])),
    notes: made.flatMap(({ note }) => (note === undefined ? [] : [{ service: part.service.name, ...note }])),
  };
}

interface Place {
  readonly draft: Draft;
  readonly part: ServiceDraft;
}

function volumeOf({ draft, part }: Place, mount: Mount, index: number): Volume {
  const target = targetOf(mount);
  const name = `v${index}`;
  switch (mount.kind) {
    case "volume":
      return namedVolume({ draft, part }, mount, target);
    case "anonymous":
      if (part.service.built && !part.service.readOnly) return inLayer(target);
      return emptyVolume(part, { name, target, readOnly: mount.readOnly, subpath: null });
    case "tmpfs":
      return {
        volumes: [{ name, emptyDir: memory(part, mount.sizeBytes ?? DEFAULT_TMPFS_BYTES) }],
        mount: { name, mountPath: target, ...readOnly(mount) },
      };
    case "files":
      return repositoryFiles(part, mount, { name, target, index });
    case "project-file":
      return projectFile(draft, mount, { name, target });
  }
}

function namedVolume({ draft, part }: Place, mount: Mount & { readonly kind: "volume" }, target: string): Volume {
  const claimed = claimsOf(draft).includes(mount.volume);
  const name = `n-${shortHash(mount.volume)}`;
  if (claimed)
    return {
      volumes: [{ name, persistentVolumeClaim: { claimName: claimName(draft, mount.volume) } }],
      mount: {
        name,
        mountPath: target,
        ...readOnly(mount),
        ...(mount.subpath === null ? {} : { subPath: mount.subpath }),
      },
    };
  const once =
    part.service.mounts.filter((other) => other.kind === "volume" && other.volume === mount.volume).length === 1;
  if (part.service.built && once && !part.service.readOnly && !mount.readOnly && mount.subpath === null)
    return inLayer(target);
  return emptyVolume(part, { name, target, readOnly: mount.readOnly, subpath: mount.subpath });
}

interface Empty {
  readonly name: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly subpath: string | null;
}

/** Where the user is known, a folder inside it is made for that user: programs such as databases insist on owning theirs. */
function emptyVolume({ user, share }: ServiceDraft, { name, target, subpath, ...mount }: Empty): Volume {
  const owned = user !== null && user.uid > 0;
  const path = [...(owned ? [OWNED_FOLDER] : []), ...(subpath === null ? [] : [subpath])].join("/");
  return {
    volumes: [{ name, emptyDir: { sizeLimit: bytesQuantity(share.storageBytes) } }],
    mount: { name, mountPath: target, ...readOnly(mount), ...(path === "" ? {} : { subPath: path }) },
    ...(owned ? { owned: { volume: name, path } } : {}),
    note: {
      code: "empty-volume",
      effect: "adjusted",
      message: `The volume at ${target} begins empty and ends with the pod. What the image has there is not copied into it.`,
    },
  };
}

function inLayer(target: string): Volume {
  return {
    note: {
      code: "volume-in-layer",
      effect: "adjusted",
      message: `There is no volume at ${target}. ${KEEPS_IN_LAYER}`,
    },
  };
}

interface At {
  readonly name: string;
  readonly target: string;
}

function repositoryFiles(
  part: ServiceDraft,
  { files, readOnly: only }: Mount & { readonly kind: "files" },
  { name, target, index }: At & { readonly index: number },
): Volume {
  const single = files.length === 1 && files[0]?.path === "";
  const items = files.map(({ path }, at) => ({ key: `f${at}`, path: single ? "file" : path }));
  return {
    volumes: [{ name, configMap: { name: filesName(part, index), defaultMode: FILE_MODE, items } }],
    mount: { name, mountPath: target, readOnly: true, ...(single ? { subPath: "file" } : {}) },
    ...(only
      ? {}
      : {
          note: {
            code: "files-read-only",
            effect: "adjusted",
            message: `The repository's files at ${target} cannot be written to in a shadow.`,
          },
        }),
  };
}

function projectFile(
  draft: Draft,
  { file, mode }: Mount & { readonly kind: "project-file" },
  { name, target }: At,
): Volume {
  const secret = draft.workload.project.files.find((known) => known.name === file)?.kind === "secret";
  const items = [{ key: "content", path: "file" }];
  const bits = { defaultMode: mode === null ? (secret ? SECRET_MODE : FILE_MODE) : mode & 0o777, items };
  const source = fileName(draft, file);
  return {
    volumes: [
      { name, ...(secret ? { secret: { secretName: source, ...bits } } : { configMap: { name: source, ...bits } }) },
    ],
    mount: { name, mountPath: target, readOnly: true, subPath: "file" },
  };
}

function shm(part: ServiceDraft, mounts: readonly Mount[]): readonly Volume[] {
  const { shmBytes } = part.service;
  if (shmBytes === null || mounts.some((mount) => targetOf(mount) === "/dev/shm")) return [];
  return [
    { volumes: [{ name: "shm", emptyDir: memory(part, shmBytes) }], mount: { name: "shm", mountPath: "/dev/shm" } },
  ];
}

/** Counts as memory of the container, so it is never larger than that. */
function memory({ share }: ServiceDraft, bytes: number): JsonObject {
  const wanted = Number.isFinite(bytes) && bytes >= 1 ? bytes : DEFAULT_TMPFS_BYTES;
  return { medium: "Memory", sizeLimit: bytesQuantity(Math.min(wanted, share.memoryBytes)) };
}

function readOnly({ readOnly: only }: { readonly readOnly: boolean }): JsonObject {
  return only ? { readOnly: true } : {};
}
