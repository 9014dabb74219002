/** A repository as plain text by path, read the way the provisioner reads one: what is wanted is looked up, and it begins again. */
import { readFileSync } from "node:fs";
import type { ComposeNote } from "../../../../core/shadow/compose/note.ts";
import type { ComposeProject, ComposeService } from "../../../../core/shadow/compose/project.ts";
import { readCompose } from "../../../../core/shadow/compose/read.ts";
import type { ComposeSource, ReadCompose, RepositoryFile } from "../../../../core/shadow/compose/source.ts";

export const COMPOSE_SCHEMA: unknown = JSON.parse(
  readFileSync(new URL("../../../../node_modules/dclint/schemas/compose.schema.json", import.meta.url), "utf8"),
);

/** Rounds of asking that no honest project reaches. */
const MAX_ROUNDS = 60;

export type Texts = Readonly<Record<string, string>>;

export interface Asked {
  readonly path?: string;
  readonly profiles?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Answers what the texts do not have; null: there is no such file. */
  readonly answer?: (path: string) => RepositoryFile;
}

/** Reads `compose.yaml`, or the file at `path`, of a repository. */
export function readRepository(texts: Texts, asked: Asked = {}): ReadCompose {
  const files = new Map<string, RepositoryFile>();
  const source: ComposeSource = {
    path: asked.path ?? "compose.yaml",
    files,
    profiles: asked.profiles ?? [],
    variables: asked.variables ?? {},
    schema: COMPOSE_SCHEMA,
  };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const read = readCompose(source);
    if (read.ok || read.reason !== "files-wanted") return read;
    for (const path of read.paths) {
      if (files.has(path)) throw new Error(`${path} is asked for again`);
      files.set(path, fileIn(texts, path) ?? asked.answer?.(path) ?? null);
    }
  }
  throw new Error("the reading never ends");
}

function fileIn(texts: Texts, path: string): RepositoryFile {
  const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
  if (text !== undefined) return text.includes("\u0000") ? { kind: "binary" } : { kind: "file", text };
  const paths = Object.keys(texts).filter((one) => path === "" || one.startsWith(`${path}/`));
  return paths.length === 0 ? null : { kind: "folder", paths };
}

/** The project, where it must not be refused. */
export function projectIn(texts: Texts, asked: Asked = {}): ComposeProject {
  const read = readRepository(texts, asked);
  if (read.ok) return read.value;
  throw new Error(JSON.stringify(read, null, 2));
}

/** The service `web` of a file. */
export function webIn(keys: string, texts: Texts = {}): ComposeService {
  const service = projectIn({ "compose.yaml": fileWithWeb(keys), ...texts }).services.find(
    ({ name }) => name === "web",
  );
  if (service === undefined) throw new Error("no service web");
  return service;
}

/** Notes on a file whose service `web` has these keys, refused or not. */
export function notesOnWeb(keys: string, texts: Texts = {}): readonly ComposeNote[] {
  return notesIn({ "compose.yaml": fileWithWeb(keys), ...texts });
}

export function notesIn(texts: Texts, asked: Asked = {}): readonly ComposeNote[] {
  const read = readRepository(texts, asked);
  if (read.ok) return read.value.notes;
  if (read.reason === "compose-refused") return read.notes;
  throw new Error(read.reason);
}

/** Codes of what is refused, each once. */
export function refusedIn(texts: Texts, asked: Asked = {}): readonly string[] {
  const refused = notesIn(texts, asked).filter(({ effect }) => effect === "refused");
  return [...new Set(refused.map(({ code }) => code))];
}

function fileWithWeb(keys: string): string {
  const image = /^image:|^build:/m.test(keys) ? "" : "    image: nginx:1\n";
  const lines = keys
    .split("\n")
    .map((line) => (/^(?:volumes|secrets|configs|networks|services|x-)\S*: *&top/.test(line) ? line : `    ${line}`));
  return `services:\n  web:\n${image}${lines.join("\n")}\n`;
}
