/** `.shadow-infra.yml`: text -> YAML -> form -> the configuration, or every problem with its line and what to do. Pure. */
import { z } from "zod";
import { nearest } from "./nearest.ts";
import { MAX_CONFIG_CHARS, type ProjectConfig, ProjectConfigSchema } from "./schema.ts";
import { type KeyPath, readYaml, type YamlSource } from "./yaml.ts";

export interface ConfigProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** `routes[0].match`; empty for the whole file. */
  readonly key: string;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

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
  return refused(parsed.error.issues.flatMap((issue) => problemsOf(issue, source)));
}

function refused(problems: readonly ConfigProblem[]): ParsedConfig {
  const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, reason: "unreadable-config", problems: ordered.slice(0, MAX_PROBLEMS) };
}

function problemsOf(issue: z.core.$ZodIssue, source: YamlSource): readonly ConfigProblem[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key, source));
  if (issue.code === "invalid_key") {
    const message = issue.issues[0]?.message ?? issue.message;
    return [{ ...source.positionOfKey(path.slice(0, -1), String(path.at(-1))), key: keyText(path), message }];
  }
  return [{ ...source.positionOf(path), key: keyText(path), message: issue.message }];
}

function unknownKey(path: KeyPath, key: string, source: YamlSource): ConfigProblem {
  const known = keysAt(path);
  const meant = nearest(key, known);
  const advice = meant === null ? `Known here: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
  return {
    ...source.positionOfKey(path, key),
    key: keyText([...path, key]),
    message: `Unknown key "${key}". ${advice}`,
  };
}

/** The keys that may stand at a path of the file. */
function keysAt(path: KeyPath): readonly string[] {
  let schema: unknown = ProjectConfigSchema;
  for (const step of path) schema = childOf(unwrapped(schema), step);
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function childOf(schema: unknown, step: string | number): unknown {
  if (typeof step === "number") return schema instanceof z.ZodArray ? schema.element : undefined;
  return schema instanceof z.ZodObject ? schema.shape[step] : undefined;
}

/** Defaults and optional keys wrap the schema that says the form. */
function unwrapped(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodOptional)
    inner = inner.unwrap();
  return inner;
}

/** `routes[0].match`. */
function keyText(path: KeyPath): string {
  return path.map((step, n) => (typeof step === "number" ? `[${step}]` : n === 0 ? step : `.${step}`)).join("");
}
