/** Mounts that no container can have: over the system's folders, out of where they belong, too large to be handed over. */
import type { ComposeService, ProjectFile } from "../compose/project.ts";
import { distinctMounts, targetOf } from "./mounts.ts";
import { utf8Bytes } from "./utf8.ts";

export interface MountRefused {
  readonly ok: false;
  readonly reason: "mount-target" | "files-too-big" | "file-unknown";
  /** A sentence for people. */
  readonly detail: string;
}

/** A ConfigMap or Secret may have 1 MiB. https://kubernetes.io/docs/concepts/configuration/configmap/ */
const MAX_FILE_BYTES = 1_000_000;
/** Folders that are the system's inside a container. */
const SYSTEM_FOLDERS = /^\/(?:$|(?:proc|sys)(?:\/|$)|dev(?:$|\/(?!shm$)))/;
const MOUNT_TARGET = /^\/[^:\0-\x1f\x7f]{0,4000}$/;

export function mountRefusal(service: ComposeService, files: readonly ProjectFile[]): MountRefused | null {
  return wrongTarget(service) ?? wrongFiles(service, files);
}

function wrongTarget(service: ComposeService): MountRefused | null {
  const wrong = distinctMounts(service.mounts).find((mount) => {
    const target = targetOf(mount);
    const inside = mount.kind === "volume" && mount.subpath !== null && !isInside(mount.subpath);
    return inside || !MOUNT_TARGET.test(target) || SYSTEM_FOLDERS.test(target) || target.split("/").includes("..");
  });
  return wrong === undefined
    ? null
    : refuse(
        "mount-target",
        `"${service.name}" mounts something at "${wrong.target}", where a container can have nothing of its own. Use another folder.`,
      );
}

function wrongFiles(service: ComposeService, known: readonly ProjectFile[]): MountRefused | null {
  for (const mount of service.mounts) {
    const file = mount.kind === "project-file" ? known.find(({ name }) => name === mount.file) : null;
    if (mount.kind === "project-file" && file === undefined)
      return refuse(
        "file-unknown",
        `"${service.name}" mounts "${mount.file}", which the file's configs and secrets do not have.`,
      );
    if (utf8Bytes(file?.content ?? "") > MAX_FILE_BYTES) return tooBig(`The ${file?.kind} "${file?.name}"`);
    if (mount.kind !== "files") continue;
    const paths = mount.files.map(({ path }) => path);
    const single = paths.length === 1 && paths[0] === "";
    if (!single && (new Set(paths).size !== paths.length || !paths.every(isInside)))
      return refuse(
        "mount-target",
        `"${service.name}" mounts files at "${mount.target}" whose paths lead outside of it or meet. Use plain relative paths.`,
      );
    if (mount.files.reduce((bytes, { content }) => bytes + utf8Bytes(content), 0) > MAX_FILE_BYTES)
      return tooBig(`What "${service.name}" mounts at "${mount.target}"`);
  }
  return null;
}

/** A relative path that stays where it begins. */
function isInside(path: string): boolean {
  return (
    /^[^/\0-\x1f:][^\0-\x1f:]{0,1000}$/.test(path) &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !part.startsWith(".."))
  );
}

function tooBig(what: string): MountRefused {
  return refuse("files-too-big", `${what} is larger than ${MAX_FILE_BYTES} bytes. Put it into the image.`);
}

function refuse(reason: MountRefused["reason"], detail: string): MountRefused {
  return { ok: false, reason, detail };
}
