/**
 * Bind mounts. Small text files of the repository are put into the container; source code over an image that was built from it
 * is left out, because the image has it; everything of a host is refused.
 */
import { childOf, type Node, textAt } from "./node.ts";
import { isWithin, repositoryPath } from "./paths.ts";
import type { Mount } from "./project.ts";
import { adjust, drop, fileAt, refuse, type Spot } from "./reading.ts";
import type { RepositoryFile } from "./source.ts";
import { at, isBuilt, type ServiceView } from "./view.ts";
import type { WrittenMount } from "./written-mount.ts";

/** Of one mount: Kubernetes keeps at most 1 MiB in one config map, names included. */
export const MAX_MOUNT_CHARS = 900_000;

/** Files of one mount. */
const MAX_MOUNT_FILES = 100;

const SOCKET = /(?:^|\/)(?:docker|containerd|podman|crio)[^/]*\.sock$/;
const TIMEZONE = /^\/+(?:etc\/+(?:localtime|timezone)|usr\/+share\/+zoneinfo(?:\/.*)?)\/*$/;

/** Where configuration lies in containers: folders mounted here are no source code. */
const CONFIGURATION = /^\/(?:etc|config|conf|docker-entrypoint[^/]*)(?:\/|$)/;

/** Null: left out or refused, which has been said, or its files are wanted first. */
export function bindMount(view: ServiceView, written: WrittenMount, spot: Spot): Mount | null {
  const named = repositoryPath(written.source, spot.place.base);
  if (named.kind !== "inside") return hostPath(view, written, spot);
  if (isSource(view, named.path, written.target)) return sourceCode(view, named.path, spot);
  const file = fileAt(view.reading, named.path, spot);
  if (file === undefined) return null;
  return repositoryMount({ view, written, spot, path: named.path }, file);
}

function hostPath(view: ServiceView, { source }: WrittenMount, spot: Spot): null {
  const shown = source.slice(0, 80);
  if (TIMEZONE.test(source))
    drop(view.reading, spot, { code: "host-timezone", message: `${shown} is the host's; set TZ to have a time zone.` });
  else if (SOCKET.test(source.replaceAll(/\/(?:\.?\/)+/g, "/")))
    refuse(view.reading, spot, {
      code: "docker-socket",
      message: `${shown} would give the host to the code under review. Leave the service out with x-shadow: {skip: true}.`,
    });
  else
    refuse(view.reading, spot, {
      code: "host-path",
      message: `${shown} is no path of the repository. Use a named volume, or put the file into the repository.`,
    });
  return null;
}

/** A folder of what the image is built from, or one around it. Single files and configuration are put in. */
function isSource(view: ServiceView, path: string, target: string): boolean {
  if (!isBuilt(view)) return false;
  const context = buildContext(view);
  if (context === null) return false;
  if (isWithin(context, path)) return true;
  return isWithin(path, context) && !CONFIGURATION.test(target) && !/\.[A-Za-z0-9]+$/.test(path);
}

/** Its folder in the repository; null where it comes from elsewhere. */
function buildContext(view: ServiceView): string | null {
  const build = at(view, "build");
  const context: Node | undefined = build?.kind === "scalar" ? build : childOf(build, "context");
  if (context === undefined) return build === undefined ? null : build.place.base;
  const named = repositoryPath(textAt(context) ?? ".", context.place.base);
  return named.kind === "inside" ? named.path : null;
}

function sourceCode(view: ServiceView, path: string, spot: Spot): null {
  const message = `${path === "" ? "The repository" : path} is what the image is built from: the image has it.`;
  drop(view.reading, spot, { code: "source-code", message });
  return null;
}

interface Binding {
  readonly view: ServiceView;
  readonly written: WrittenMount;
  readonly spot: Spot;
  readonly path: string;
}

function repositoryMount(binding: Binding, file: RepositoryFile): Mount | null {
  const { view, written, spot, path } = binding;
  const { target, readOnly } = written;
  if (file === null) {
    const message = `The repository has no ${path}, so ${target} is empty, as docker would make it.`;
    adjust(view.reading, spot, { code: "missing-path", message });
    return { kind: "anonymous", target, readOnly };
  }
  const files = file.kind === "folder" ? filesBelow(binding, file.paths) : content(file, "");
  if (files === null) return null;
  if (files === "binary" || charsOf(files) > MAX_MOUNT_CHARS) return tooMuch(binding, files === "binary");
  if (!readOnly) {
    const message = `${path} is put in as it is at the commit, and cannot be written to.`;
    adjust(view.reading, spot, { code: "read-only-copy", message });
  }
  return { kind: "files", target, readOnly: true, files };
}

type Files = readonly { readonly path: string; readonly content: string }[];

function content(file: RepositoryFile, path: string): Files | "binary" {
  return file?.kind === "file" ? [{ path, content: file.text }] : file === null ? [] : "binary";
}

/** Null: not all of them are there yet, or too many. */
function filesBelow({ view, spot, path }: Binding, paths: readonly string[]): Files | "binary" | null {
  if (paths.length > MAX_MOUNT_FILES) {
    const message = `${path === "" ? "The repository" : path} has ${paths.length} files, and ${MAX_MOUNT_FILES} are put in at most. Mount a smaller folder.`;
    refuse(view.reading, spot, { code: "mount-too-large", message });
    return null;
  }
  const found = paths.map((one) => {
    const file = fileAt(view.reading, one, spot);
    return file === undefined ? undefined : content(file, path === "" ? one : one.slice(path.length + 1));
  });
  if (found.includes(undefined)) return null;
  if (found.includes("binary")) return "binary";
  return found.flatMap((files) => (files === undefined || files === "binary" ? [] : files));
}

function charsOf(files: Files): number {
  return files.reduce((sum, { path, content: text }) => sum + path.length + text.length, 0);
}

/** What the image was built from need not be put in. */
function tooMuch({ view, spot, path }: Binding, binary: boolean): null {
  const context = buildContext(view);
  if (isBuilt(view) && context !== null && isWithin(path, context)) return sourceCode(view, path, spot);
  const what = binary ? "is not text" : `has more than ${MAX_MOUNT_CHARS} characters`;
  const message = `${path} ${what}. Build it into the image, or use a named volume.`;
  refuse(view.reading, spot, { code: binary ? "binary-file" : "mount-too-large", message });
  return null;
}
