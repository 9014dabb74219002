/** Mounts that no container can have: over the system's folders, out of where they belong, too large to be handed over. */
import type { ComposeService, Mount, ProjectFile } from "../compose/project.ts";
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
    const refused =
      mount.kind === "files"
        ? wrongPaths(service.name, mount)
        : mount.kind === "project-file"
          ? wrongFile(
              service.name,
              mount.file,
              known.find(({ name }) => name === mount.file),
            )
          : null;
    if (refused !== null) return refused;
  }
  return null;
}

function wrongFile(service: string, name: string, file: ProjectFile | undefined): MountRefused | null {
  if (file === undefined)
    return refuse("file-unknown", `"${service}" mounts "${name}", which the file's configs and secrets do not have.`);
  return utf8Bytes(file.content) > MAX_FILE_BYTES ? tooBig(`The ${file.kind} "${name}"`) : null;
}

function wrongPaths(service: string, { files, target }: Mount & { readonly kind: "files" }): MountRefused | null {
  const paths = files.map(({ path }) => path);
  const single = paths.length === 1 && paths[0] === "";
  if (!single && (new Set(paths).size !== paths.length || !paths.every(isInside)))
    return refuse(
      "mount-target",
      `"${service}" mounts files at "${target}" whose paths lead outside of it or meet. Use plain relative paths.`,
    );
  const bytes = files.reduce((sum, { content }) => sum + utf8Bytes(content), 0);
  return bytes > MAX_FILE_BYTES ? tooBig(`What "${service}" mounts at "${target}"`) : null;
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
