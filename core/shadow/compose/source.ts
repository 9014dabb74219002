/** What the reading of a compose file takes and gives. Reading is pure: files it lacks are asked for, and it is called again. */
import type { ComposeNote } from "./note.ts";
import type { ComposeProject } from "./project.ts";

/** Names of the compose file that are looked for where the configuration names none, in docker compose's order. */
export const COMPOSE_FILE_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"] as const;

export interface ComposeSource {
  /** Path of the compose file in the repository; its folder is where relative paths start and where `.env` lies. */
  readonly path: string;
  /** Text by path in the repository. Null: there is no such file. A path that is absent has not been asked for yet. */
  readonly files: ReadonlyMap<string, RepositoryFile>;
  /** Active profiles; those of `COMPOSE_PROFILES` in `.env` come on top. */
  readonly profiles: readonly string[];
  /** Variables over those of `.env`, for interpolation; never the environment of the machine we run on. */
  readonly variables: Readonly<Record<string, string>>;
  /** The JSON Schema of compose files that the form is checked against. */
  readonly schema: unknown;
}

/** A file's text; a folder's paths (of all files below, in the repository); or null where there is nothing. */
export type RepositoryFile =
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "folder"; readonly paths: readonly string[] }
  | { readonly kind: "binary" }
  | null;

export type ReadCompose =
  | { readonly ok: true; readonly value: ComposeProject }
  /** Call again with these paths of the repository in `files`. */
  | { readonly ok: false; readonly reason: "files-wanted"; readonly paths: readonly string[] }
  /** At least one note says `refused`; the others tell what would have been dropped. */
  | { readonly ok: false; readonly reason: "compose-refused"; readonly notes: readonly ComposeNote[] };
