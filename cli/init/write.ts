/** Puts files into place: new ones are written, equal ones are left, and one that says something else is shown as a diff and kept. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTwoFilesPatch } from "diff";
import type { InitFile } from "./files.ts";

export interface Written {
  readonly path: string;
  readonly state: "written" | "replaced" | "as it is" | "kept";
  /** What would change where it was kept. */
  readonly diff: string | null;
}

export interface Writing {
  readonly root: string;
  /** Replace what says something else. */
  readonly force: boolean;
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
}

export function writeAll(files: readonly InitFile[], writing: Writing): readonly Written[] {
  return files.map((file) => writeOne(file, writing));
}

function writeOne({ path, text }: InitFile, { root, force, dryRun }: Writing): Written {
  const place = join(root, path);
  const before = existsSync(place) ? readFileSync(place, "utf8") : null;
  // An editor or git may have changed the line ends; that says nothing else.
  if (before?.replaceAll("\r\n", "\n") === text) return { path, state: "as it is", diff: null };
  if (before !== null && !force) return { path, state: "kept", diff: createTwoFilesPatch(path, path, before, text) };
  if (!dryRun) {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  return { path, state: before === null ? "written" : "replaced", diff: null };
}
