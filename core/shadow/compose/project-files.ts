/** `secrets` and `configs`: what a service uses, and what they hold. */
import { MAX_MOUNT_CHARS } from "./bind.ts";
import { missing, pathInside } from "./load.ts";
import { childOf, type Entry, itemsOf, type Node, textAt } from "./node.ts";
import { cleanTarget } from "./paths.ts";
import type { Mount, ProjectFile } from "./project.ts";
import { drop, fileAt, refuse, type Spot } from "./reading.ts";
import { at, itemSpot, type ServiceView } from "./view.ts";
import { isExternal } from "./volumes.ts";

const KINDS = { secrets: "secret", configs: "config" } as const;
const FOLDERS = { secrets: "/run/secrets/", configs: "/" } as const;

export interface UsedFile {
  readonly mount: Mount;
  readonly file: ProjectFile;
}

/** The mounts of a service with the files they show. */
export function usedFiles(view: ServiceView, section: "secrets" | "configs"): readonly UsedFile[] {
  return itemsOf(at(view, section)).flatMap((item, n) => {
    const spot = itemSpot(view, section, { n, item });
    const name = textAt(item) ?? textAt(childOf(item, "source")) ?? "";
    const content = contentOf(view, section, { name, spot });
    const target = targetOf(view, { item, section, name, spot });
    if (content === undefined || target === null) return [];
    const mount = { kind: "project-file", file: name, target, readOnly: true, mode: modeOf(view, item, spot) } as const;
    return [{ mount, file: { name, kind: KINDS[section], content } }];
  });
}

interface Use {
  readonly item: Node;
  readonly section: "secrets" | "configs";
  readonly name: string;
  readonly spot: Spot;
}

/** A target without a leading slash lies where files of its kind lie. */
function targetOf(view: ServiceView, { item, section, name, spot }: Use): string | null {
  const written = textAt(childOf(item, "target")) ?? name;
  const target = cleanTarget(written.startsWith("/") ? written : `${FOLDERS[section]}${written}`);
  if (target === null || target === "/") {
    refuse(view.reading, spot, { code: "mount-target", message: "Name a file of the container as the target." });
    return null;
  }
  for (const key of ["uid", "gid"])
    if (childOf(item, key) !== undefined)
      drop(view.reading, spot, {
        code: "mount-detail",
        message: `${key} is left out: the container's user may read it.`,
      });
  return target;
}

/** Octal, as a text or as a number that YAML has read. */
function modeOf(view: ServiceView, item: Node, spot: Spot): number | null {
  const node = childOf(item, "mode");
  if (node?.kind !== "scalar" || node.value === null) return null;
  const mode = typeof node.value === "number" ? node.value : Number.parseInt(node.text, 8);
  if (Number.isInteger(mode) && mode >= 0 && mode <= 0o777) return mode;
  refuse(view.reading, spot, { code: "quantity", message: "A mode is an octal number from 0000 to 0777." });
  return null;
}

interface Wanted {
  readonly name: string;
  readonly spot: Spot;
}

function contentOf(view: ServiceView, section: "secrets" | "configs", { name, spot }: Wanted): string | undefined {
  const all = childOf(view.file, section);
  const entry: Entry | undefined = all?.kind === "map" ? all.entries.get(name) : undefined;
  if (entry === undefined) {
    const message = `The file has no ${KINDS[section]} "${name.slice(0, 80)}". Add it to ${section}: at the end of the file.`;
    refuse(view.reading, spot, { code: `undefined-${KINDS[section]}`, message });
    return undefined;
  }
  const about = { place: entry.place, key: `${section}.${name}` };
  if (isExternal(entry.node)) {
    const message = "Its content is not part of the file. Give it as file, environment or content.";
    refuse(view.reading, about, { code: "external-resource", message });
    return undefined;
  }
  const inline = textAt(childOf(entry.node, "content"));
  if (inline !== undefined) return withinLimit(view, inline, about);
  const variable = textAt(childOf(entry.node, "environment"));
  if (variable !== undefined) return variableContent(view, variable, about);
  return fileContent(view, entry, about);
}

function variableContent(view: ServiceView, variable: string, about: Spot): string | undefined {
  const value = view.lookup(variable);
  if (value === undefined) {
    const message = `The variable ${variable} is not set. Give it a value in .env beside the compose file.`;
    refuse(view.reading, about, { code: "variable-required", message });
  }
  return value;
}

function fileContent(view: ServiceView, entry: Entry, about: Spot): string | undefined {
  const node = childOf(entry.node, "file");
  const text = textAt(node);
  if (node === undefined || text === undefined) {
    refuse(view.reading, about, { code: "form", message: "Say where its content is: file, environment, or content." });
    return undefined;
  }
  const path = pathInside(view.reading, text, { ...about, place: node.place });
  const file = path === undefined ? undefined : fileAt(view.reading, path, about);
  if (path === undefined || file === undefined) return undefined;
  if (file?.kind === "file") return withinLimit(view, file.text, about);
  const binary = { code: "binary-file", message: `${path} is not one file of text.` };
  refuse(view.reading, about, file === null ? missing(path) : binary);
  return undefined;
}

function withinLimit(view: ServiceView, content: string, about: Spot): string | undefined {
  if (content.length <= MAX_MOUNT_CHARS) return content;
  refuse(view.reading, about, { code: "mount-too-large", message: `It has more than ${MAX_MOUNT_CHARS} characters.` });
  return undefined;
}
