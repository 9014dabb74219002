/** `volumes` and `tmpfs`, short and long, as mounts. Nothing of a host is ever mounted. */
import { bindMount } from "./bind.ts";
import { childOf, isNull, itemsOf, type Node, textAt } from "./node.ts";
import { cleanTarget } from "./paths.ts";
import type { Mount } from "./project.ts";
import { composeBoolean, composeBytes } from "./quantities.ts";
import { adjust, drop, refuse, type Spot } from "./reading.ts";
import { at, isBuilt, itemSpot, type ServiceView, spotOf } from "./view.ts";
import { volumeIsUsable } from "./volumes.ts";
import { type WrittenMount, writtenMount } from "./written-mount.ts";

/** Mounts of one service. */
const MAX_MOUNTS = 100;

/** Parts of the file system that are the kernel's or the container's own. */
const TAKEN = /^\/(?:proc|sys|dev)(?:\/|$)|^\/$/;

/** Shared memory is the one folder below /dev that programs bring along. */
const SHARED_MEMORY = "/dev/shm";

/** Folders of dependencies that images bring: docker fills a new volume from the image, and an empty one would hide them. */
const DEPENDENCIES = /\/(?:node_modules|vendor|\.venv|venv|bundle|target|\.gradle|\.m2|deps|_build)$/;

/** In the file's order; a later mount at the same place counts. */
export function mountsOf(view: ServiceView): readonly Mount[] {
  const mounts = new Map<string, Mount>();
  const volumes = itemsOf(at(view, "volumes"));
  for (const [n, item] of volumes.entries()) {
    const spot = itemSpot(view, "volumes", { n, item });
    const mount = mountOf(view, item, spot);
    if (mount !== null) mounts.set(mount.target, mount);
  }
  for (const [n, item] of itemsOf(at(view, "tmpfs")).entries()) {
    const mount = tmpfsOf(view, textAt(item) ?? "", itemSpot(view, "tmpfs", { n, item }));
    if (mount !== null) mounts.set(mount.target, mount);
  }
  if (mounts.size > MAX_MOUNTS)
    refuse(view.reading, spotOf(view, "volumes"), {
      code: "too-many-mounts",
      message: `More than ${MAX_MOUNTS} mounts.`,
    });
  return [...mounts.values()];
}

function mountOf(view: ServiceView, item: Node, spot: Spot): Mount | null {
  const written = writtenMount(item);
  if (written === null) {
    const message = "It is no volume. Write name:/path, ./file:/path:ro, or the long form.";
    refuse(view.reading, spot, { code: "volume", message });
    return null;
  }
  // A path of the host is told as such, whatever else is wrong with the line.
  const target =
    written.kind === "bind" || written.kind === "pipe" ? written.target : targetOf(view, written.target, spot);
  if (target === null) return null;
  return KINDS[written.kind](view, { ...written, target }, spot);
}

type Read = (view: ServiceView, written: WrittenMount, spot: Spot) => Mount | null;

const KINDS: Readonly<Record<WrittenMount["kind"], Read>> = {
  volume: volumeMount,
  bind: (view, written, spot) => {
    const mount = bindMount(view, written, spot);
    const target = mount === null ? null : targetOf(view, mount.target, spot);
    return mount === null || target === null ? null : { ...mount, target };
  },
  tmpfs: (view, { target, readOnly, node }, spot) => {
    const size = childOf(childOf(node, "tmpfs"), "size");
    return { kind: "tmpfs", target, readOnly, sizeBytes: sizeOf(view, textAt(size), spot) };
  },
  pipe: (view, _, spot) => {
    const message = "Pipes and cluster volumes are the host's. Use a named volume.";
    refuse(view.reading, spot, { code: "host-path", message });
    return null;
  },
  image: (view, _, spot) => {
    const message = "Images are not mounted. Put the files into the service's own image.";
    refuse(view.reading, spot, { code: "image-volume", message });
    return null;
  },
};

function volumeMount(view: ServiceView, { source, target, readOnly, node }: WrittenMount, spot: Spot): Mount | null {
  if (isBuilt(view) && fromImage(source, target)) {
    const message = `${target} keeps what the image has there, as docker fills a new volume from the image.`;
    drop(view.reading, spot, { code: "image-content", message });
    return null;
  }
  if (source === "") return { kind: "anonymous", target, readOnly };
  if (!volumeIsUsable(view, source, spot)) return null;
  const subpath = textAt(childOf(childOf(node, "volume"), "subpath")) ?? null;
  if (subpath !== null && (subpath.startsWith("/") || subpath.split("/").includes(".."))) {
    refuse(view.reading, spot, { code: "volume", message: "A subpath is a path inside the volume." });
    return null;
  }
  return { kind: "volume", volume: source, subpath, target, readOnly };
}

/** An anonymous volume over an image of our own only keeps a bind mount away from what the image has there. */
function fromImage(source: string, target: string): boolean {
  return source === "" || DEPENDENCIES.test(target);
}

function targetOf(view: ServiceView, text: string, spot: Spot): string | null {
  const target = cleanTarget(text);
  if (target !== null && (target === SHARED_MEMORY || !TAKEN.test(target))) return target;
  const message = `"${text.slice(0, 80)}" cannot be mounted over. Name an absolute path of the container.`;
  refuse(view.reading, spot, { code: "mount-target", message });
  return null;
}

/** `/path` or `/path:size=64m,mode=1777`. */
function tmpfsOf(view: ServiceView, text: string, spot: Spot): Mount | null {
  const cut = text.indexOf(":");
  const target = targetOf(view, cut === -1 ? text : text.slice(0, cut), spot);
  const options = cut === -1 ? [] : text.slice(cut + 1).split(",");
  const size = options.find((option) => option.startsWith("size="))?.slice("size=".length);
  const others = options.filter((option) => !/^(?:size=.*|rw|ro|exec|noexec|nosuid|nodev)$/.test(option));
  if (others.length > 0)
    adjust(view.reading, spot, { code: "mount-detail", message: `${others.join(",").slice(0, 80)} is left out.` });
  if (target === null) return null;
  return { kind: "tmpfs", target, readOnly: options.includes("ro"), sizeBytes: sizeOf(view, size, spot) };
}

function sizeOf(view: ServiceView, text: string | undefined, spot: Spot): number | null {
  if (text === undefined) return null;
  const bytes = composeBytes(text);
  if (bytes === null)
    refuse(view.reading, spot, { code: "quantity", message: `"${text}" is no size. Write it like 64m.` });
  return bytes === 0 ? null : bytes;
}

/** Whether a container's root is read-only; kept beside the mounts, which are what stays writable. */
export function isReadOnly(view: ServiceView): boolean {
  const node = at(view, "read_only");
  return node !== undefined && !isNull(node) && composeBoolean(textAt(node) ?? "") === true;
}
