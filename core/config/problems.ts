/**
 * What a schema has against a file in YAML, told by key, line and advice. Apart, because the repository's file and the operator's are told
 * the same way.
 */
import { z } from "zod";
import { nearest } from "./nearest.ts";
import type { KeyPath, YamlSource } from "./yaml.ts";

export interface ConfigProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** `routes[0].match`; empty for the whole file. */
  readonly key: string;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

/** What a schema says of a file in YAML, where it stands there, and what to write instead. */
export function problemsOf(issue: z.core.$ZodIssue, source: YamlSource, form: z.ZodType): readonly ConfigProblem[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey([...path, key], source, keysAt(path, form)));
  if (issue.code === "invalid_key") {
    const message = issue.issues[0]?.message ?? issue.message;
    return [{ ...source.positionOfKey(path.slice(0, -1), String(path.at(-1))), key: keyText(path), message }];
  }
  return [{ ...source.positionOf(path), key: keyText(path), message: issue.message }];
}

function unknownKey(path: KeyPath, source: YamlSource, known: readonly string[]): ConfigProblem {
  const key = String(path.at(-1));
  const meant = nearest(key, known);
  const advice = meant === null ? `Known here: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
  return {
    ...source.positionOfKey(path.slice(0, -1), key),
    key: keyText(path),
    message: `Unknown key "${key}". ${advice}`,
  };
}

/** The keys that may stand at a path of the file. */
function keysAt(path: KeyPath, form: z.ZodType): readonly string[] {
  let schema: unknown = form;
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
export function keyText(path: KeyPath): string {
  return path.map((step, n) => (typeof step === "number" ? `[${step}]` : n === 0 ? step : `.${step}`)).join("");
}
