/** `.shadow-infra.yml` at the commits of a pull request, and what of it counts. */
import { parseProjectConfig } from "../../../core/config/parse.ts";
import type { ProjectConfig } from "../../../core/config/schema.ts";
import { type ParsedFile, type TrustedConfig, trustedConfig, valueAt } from "../../../core/config/trusted.ts";
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { ReadFile } from "./files.ts";

/** The first that is there counts. */
export const CONFIG_PATHS = [".shadow-infra.yml", ".github/.shadow-infra.yml"] as const;

export interface ConfigAt {
  readonly path: string;
  readonly parsed: ParsedFile;
}

/** `parsed` is null where there is no file. */
export async function configAt(read: ReadFile): Promise<ConfigAt> {
  for (const path of CONFIG_PATHS) {
    const file = await read(path);
    if (file === null || file.kind === "folder") continue;
    return { path, parsed: parseProjectConfig(file.kind === "file" ? file.text : "\0") };
  }
  return { path: CONFIG_PATHS[0], parsed: null };
}

export interface PullConfig {
  readonly trusted: TrustedConfig;
  /** What does not count, or was made stricter, by name and line. */
  readonly notes: readonly ComposeNote[];
}

export interface Commits {
  readonly head: ReadFile;
  readonly base: ReadFile;
  /** The default branch, where the base may not speak for itself; null: it may. */
  readonly judge: ReadFile | null;
}

export async function pullConfig({ head, base, judge }: Commits): Promise<PullConfig> {
  const [own, theirs, judging] = await Promise.all([
    configAt(base),
    configAt(head),
    judge === null ? null : configAt(judge),
  ]);
  const judged = judging === null ? { parsed: own.parsed, notes: [] } : judgedBase(own, judging.parsed);
  const trusted = trustedConfig(judged.parsed, theirs.parsed);
  const paths = { base: own.path, head: theirs.path };
  return {
    trusted,
    notes: [
      ...judged.notes,
      ...trusted.refused.map(({ file, key, line, words }): ComposeNote => {
        const broken = trusted.unreadable.includes(file);
        const where = file === "base" ? "On the base branch: " : "";
        const [effect, code] = broken
          ? (["refused", "config-unreadable"] as const)
          : (["dropped", "not-trusted"] as const);
        return { file: paths[file], line, column: 1, key, effect, code, message: `${where}${words}` };
      }),
      ...tightened(trusted, theirs.path),
    ],
  };
}

/** A branch that nobody vouches for may do what a head may: make it stricter. */
function judgedBase(
  { path, parsed }: ConfigAt,
  judge: ParsedFile,
): { readonly parsed: ParsedFile; readonly notes: readonly ComposeNote[] } {
  if (judge?.ok === false || parsed?.ok === false) return { parsed: judge?.ok === false ? judge : parsed, notes: [] };
  const { config, refused } = trustedConfig(judge, parsed);
  const notes = refused.map(
    ({ key, line }): ComposeNote => ({
      file: path,
      line,
      column: 1,
      key,
      effect: "dropped",
      code: "not-trusted",
      message: `On the base branch: ${NOT_ITS_WORD}`,
    }),
  );
  return { parsed: { ok: true, value: config, given: judge?.given ?? (() => null) }, notes };
}

const NOT_ITS_WORD =
  "This counts from the default branch, because the base is another and the operator does not list it in base_branches.";

/** Less traffic is less evidence, so a reviewer has to see who asked for it. */
function tightened({ sources, config }: TrustedConfig, file: string): readonly ComposeNote[] {
  return Object.entries(sources).flatMap(([key, { from, line }]): readonly ComposeNote[] =>
    from === "tightened-by-head"
      ? [
          {
            file,
            line: line ?? 1,
            column: 1,
            key,
            effect: "adjusted",
            code: "tightened",
            message: tightenedWords(config, key),
          },
        ]
      : [],
  );
}

const MAX_VALUE_CHARS = 300;

function tightenedWords(config: ProjectConfig, key: string): string {
  return `This pull request makes it stricter than the base branch: ${JSON.stringify(valueAt(config, key)).slice(0, MAX_VALUE_CHARS)}.`;
}
