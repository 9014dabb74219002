/** `.shadow-infra.yml`: text -> YAML -> form -> the configuration, or every problem with its line and what to do. Pure. */
import { type ConfigProblem, problemsOf } from "./problems.ts";
import { MAX_CONFIG_CHARS, type ProjectConfig, ProjectConfigSchema } from "./schema.ts";
import { readYaml, type YamlSource } from "./yaml.ts";

export type ParsedConfig =
  | {
      readonly ok: true;
      readonly value: ProjectConfig;
      /** Where the file itself says something; null where a default stands for it. */
      readonly given: YamlSource["given"];
    }
  | { readonly ok: false; readonly reason: "unreadable-config"; readonly problems: readonly ConfigProblem[] };

/** Problems that are told at once; a file with more is another kind of file. */
const MAX_PROBLEMS = 50;

/** An empty file is the defaults. Never throws. */
export function parseProjectConfig(text: string): ParsedConfig {
  const read = readYaml(text, MAX_CONFIG_CHARS);
  if (!read.ok) return refused(read.faults.map((fault) => ({ ...fault, key: "" })));
  const { source } = read;
  const parsed = ProjectConfigSchema.safeParse(source.value ?? {});
  if (parsed.success) return { ok: true, value: parsed.data, given: source.given };
  return refused(parsed.error.issues.flatMap((issue) => problemsOf(issue, source, ProjectConfigSchema)));
}

function refused(problems: readonly ConfigProblem[]): ParsedConfig {
  const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, reason: "unreadable-config", problems: ordered.slice(0, MAX_PROBLEMS) };
}
