/** The public compose files, as texts of a repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { ComposeProject } from "../../../core/shadow/compose/project.ts";
import type { RepositoryFile } from "../../../core/shadow/compose/source.ts";
import { readRepository, type Texts } from "./compose/repository.ts";

const ROOT = new URL("../../fixtures/compose/awesome-compose/files/", import.meta.url);

/** Those that are not refused already when they are read, by name. */
export function publicProjects(): readonly (readonly [string, ComposeProject])[] {
  return publicNames().flatMap((name) => {
    const folder = new URL(`${name}/`, ROOT);
    const text = (file: string): string => readFileSync(new URL(file, folder), "utf8");
    const file = existsSync(new URL("compose.yaml", folder)) ? "compose.yaml" : "compose.yml";
    const env: Texts = existsSync(new URL("dotenv", folder)) ? { ".env": text("dotenv") } : {};
    const read = readRepository({ "compose.yaml": text(file), ...env }, { answer: anyFile });
    return read.ok ? [[name, read.value] as const] : [];
  });
}

export function publicNames(): readonly string[] {
  return readdirSync(ROOT).toSorted();
}

/** The corpus has no other files than these: a name with an ending is a file, another one a folder. */
function anyFile(path: string): RepositoryFile {
  if (path.endsWith(".env")) return null;
  return /\.[a-z]+$/.test(path)
    ? { kind: "file", text: `of ${path}` }
    : { kind: "folder", paths: [`${path}/file.txt`] };
}
