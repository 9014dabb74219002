/** The compose file of a commit: which one it is, and the files that its reading asks for. */

import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { ComposeProject } from "../../../core/shadow/compose/project.ts";
import {
  COMPOSE_FILE_NAMES,
  type ComposeSource,
  type ReadCompose,
  type RepositoryFile,
} from "../../../core/shadow/compose/source.ts";
import type { ReadFile } from "./files.ts";
import { found, refused, type Step } from "./step.ts";

export interface ComposeParts {
  readonly readCompose: (source: ComposeSource) => ReadCompose;
  readonly schema: unknown;
}

export interface ComposeQuestion {
  /** As the configuration names it. */
  readonly path: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly read: ReadFile;
}

/** Files and folders of one project that are read, and times it may ask for more: `extends` and `include` name others that do so too. */
const MAX_FILES = 200;
const MAX_ROUNDS = 25;

/** Questions at once: a repository's host counts them. */
const AT_ONCE = 6;

export async function composeAt(
  { readCompose, schema }: ComposeParts,
  { path: named, variables, read }: ComposeQuestion,
): Promise<Step<ComposeProject>> {
  const path = named ?? (await firstThere(read));
  if (path === null || (named !== undefined && (await read(named)) === null)) return missing(named);
  const files = new Map<string, RepositoryFile>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const result = readCompose({ path, files, profiles: [], variables, schema });
    if (result.ok) return found(result.value);
    if (result.reason === "compose-refused") return composeRefused(path, result.notes);
    const wanted = [...new Set(result.paths)].filter((other) => !files.has(other));
    if (wanted.length === 0 || files.size + wanted.length > MAX_FILES) break;
    await readAll(wanted, read, files);
  }
  return refused(
    "compose-files",
    `${path} asks for more than ${MAX_FILES} files of the repository. Name fewer in env_file, extends, include and bind mounts.`,
  );
}

async function firstThere(read: ReadFile): Promise<string | null> {
  for (const name of COMPOSE_FILE_NAMES) if ((await read(name)) !== null) return name;
  return null;
}

function missing(named: string | undefined): Step<ComposeProject> {
  return named === undefined
    ? refused(
        "compose-missing",
        `The repository has no compose file at this commit. Add one (${COMPOSE_FILE_NAMES.join(", ")}), or name it with \`compose:\` in .shadow-infra.yml.`,
      )
    : refused(
        "compose-missing",
        `There is no ${named} at this commit. Correct \`compose:\` in .shadow-infra.yml, or add the file.`,
      );
}

function composeRefused(path: string, notes: readonly ComposeNote[]): Step<ComposeProject> {
  const reasons = notes.filter(({ effect }) => effect === "refused");
  const [first] = reasons;
  const where = first === undefined ? path : `${first.file}:${first.line}, ${first.key}: ${first.message}`;
  const more = reasons.length > 1 ? ` And ${reasons.length - 1} more; the report lists them.` : "";
  return refused("compose-refused", `The compose file cannot be run as a shadow. ${where}${more}`, notes);
}

async function readAll(paths: readonly string[], read: ReadFile, into: Map<string, RepositoryFile>): Promise<void> {
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const group = paths.slice(at, at + AT_ONCE);
    const texts = await Promise.all(group.map((path) => read(path)));
    for (const [index, path] of group.entries()) into.set(path, texts[index] ?? null);
  }
}
