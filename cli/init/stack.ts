/** What an application is made of, as far as its workflow has to know: how to install, test and start it, and where it then answers. */

export const STACKS = ["node", "python"] as const;
export type StackName = (typeof STACKS)[number];

/** The commands of one application. All of them run in `folder`. */
export interface Application {
  readonly stack: StackName;
  /** Below the root of the repository; `.` is the root. */
  readonly folder: string;
  /** Steps that bring what it needs, as shell lines. */
  readonly install: string;
  /** Tests with 30 seconds each, leaving `shadow-tests-junit.xml` and `coverage-shadow.json` where the runner can. */
  readonly test: string;
  /** Tests of the API with 60 seconds each. */
  readonly apiTest: string;
  /** Asks for known holes in its packages. */
  readonly audit: string;
  /** Null where nothing says how it starts. */
  readonly start: string | null;
  /** Null where nothing says on which port. */
  readonly port: number | null;
  /** What the reader should know: what was not found, and what then happens. */
  readonly notes: readonly string[];
}

/** Reads a repository: files by path below its root. */
export interface Repository {
  /** Text of a file; null where there is none. */
  readonly read: (path: string) => string | null;
  /** Paths of the files that are tracked or could be, without installed packages. */
  readonly paths: readonly string[];
}

/** The folder of the first file of these names, the one nearest to the root. */
export function folderWith({ paths }: Repository, names: readonly string[]): string | null {
  const found = paths
    .filter((path) => names.includes(path.split("/").at(-1) ?? ""))
    .toSorted((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1))[0];
  if (found === undefined) return null;
  return found.includes("/") ? found.slice(0, found.lastIndexOf("/")) : ".";
}

/** A path as it is called in `folder`; null where it lies elsewhere. */
export function within(folder: string, path: string): string | null {
  if (folder === ".") return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
}

export function inFolder(folder: string, name: string): string {
  return folder === "." ? name : `${folder}/${name}`;
}

/** The command of the `web` process of a Procfile, which says it better than any guess. Nobody but a platform sets PORT, so it is filled in. */
export function procfileStart(repository: Repository, folder: string): string | null {
  const text = repository.read(inFolder(folder, "Procfile")) ?? "";
  const command = /^web:\s*(.+)$/m.exec(text)?.[1]?.trim();
  return command?.replaceAll(PLATFORM_PORT, (_whole, usual?: string) => usual ?? FILLED_PORT) ?? null;
}

/** `$PORT`, `${PORT}` and `${PORT:-5000}`. */
const PLATFORM_PORT = /\$(?:PORT\b|\{PORT(?::?-(\d+))?\})/g;
const FILLED_PORT = "8000";

/** The first port that these texts name in one of the usual ways. */
export function portIn(texts: readonly string[]): number | null {
  for (const text of texts) {
    const found = PORT_WORDS.map((pattern) => pattern.exec(text)?.[1]).find((port) => port !== undefined);
    if (found !== undefined) return Number(found);
  }
  return null;
}

const PORT_WORDS = [
  /--port[= ](\d{2,5})\b/,
  /(?:^|\s)-p (\d{2,5})\b/,
  /(?:--bind|-b)[= ][\w.]*:(\d{2,5})\b/,
  /runserver (?:[\w.]+:)?(\d{2,5})\b/,
  /\bport\s*[=:]\s*(?:int\()?["']?(\d{2,5})\b/i,
  /Server\(\s*\(\s*["'][^"']*["']\s*,\s*(\d{2,5})\b/,
  /\.listen\(\s*(\d{2,5})\b/,
  /["']PORT["']\s*,\s*["']?(\d{2,5})\b/,
  /\bPORT\s*(?:\|\||\?\?)\s*["']?(\d{2,5})\b/,
] as const;
