/** Which configuration the `config` commands speak of, and from where each of its values is. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseProjectConfig } from "../../core/config/parse.ts";
import type { ProjectConfig } from "../../core/config/schema.ts";
import { type ParsedFile, type TrustedConfig, trustedConfig, valueAt } from "../../core/config/trusted.ts";
import { type Environment, readVariable } from "../../infra/local/settings/read.ts";
import { CONFIG_PATHS } from "../../infra/provisioner/plan/config.ts";
import { type BaseText, readBase } from "./base.ts";

export interface ConfigOptions {
  readonly config?: string;
  readonly base?: string;
}

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly message: string;
}

export interface Value {
  readonly key: string;
  /** Undefined: it is not set, and has no default. */
  readonly value: unknown;
  readonly from: "file" | "base" | "default" | "tightened";
  /** `.shadow-infra.yml:3`; null for a default. */
  readonly place: string | null;
}

export interface LoadedFile {
  /** As it is named in words; null: there is none. */
  readonly file: string | null;
  /** Who says which file: the flag, the environment, or the folder. */
  readonly chosenBy: "--config" | "SHADOW_INFRA_CONFIG" | "the folder";
  readonly base: string | null;
  readonly config: ProjectConfig;
  readonly values: readonly Value[];
  /** What is wrong: nothing can be made of a file with one of these. */
  readonly problems: readonly Problem[];
  /** What is right and does not count. */
  readonly refused: readonly Problem[];
}

/** A message where what was asked for is not there. */
export function loadFor(options: ConfigOptions, env: Environment, folder: string): LoadedFile | string {
  const asked = options.config ?? readVariable(env, "SHADOW_INFRA_CONFIG");
  const chosenBy =
    options.config !== undefined ? "--config" : asked === undefined ? "the folder" : "SHADOW_INFRA_CONFIG";
  const path = asked === undefined ? foundIn(folder) : resolve(folder, asked);
  if (path !== null && !existsSync(path)) return `There is no ${asked ?? path} (${chosenBy} names it).`;
  const base = options.base === undefined ? undefined : readBase(resolvedBase(options.base, folder), folder);
  if (base === null)
    return `--base ${options.base ?? ""} is neither a file nor a revision of the git repository in ${folder}.`;
  const file = path === null ? null : relative(folder, path) || path;
  const head = path === null ? null : parseProjectConfig(readFileSync(path, "utf8"));
  return { chosenBy, ...held({ file, head, base: base ?? null }) };
}

interface Texts {
  readonly file: string | null;
  readonly head: ParsedFile;
  readonly base: BaseText | null;
}

/** Without a base the file speaks for itself: it is the base's own. */
function held({ file, head, base }: Texts): Omit<LoadedFile, "chosenBy"> {
  const own = file ?? CONFIG_PATHS[0];
  const basis = base === null ? head : base.text === null ? null : parseProjectConfig(base.text);
  const names = { head: own, base: base?.name ?? own };
  const trusted = trustedConfig(basis, head);
  return {
    file,
    base: base?.name ?? null,
    config: trusted.config,
    values: valuesOf(trusted, names),
    problems: [...(base === null ? [] : problemsOf(names.base, basis)), ...problemsOf(own, head)],
    refused: trusted.refused
      .filter(({ file: of }) => !trusted.unreadable.includes(of))
      .map(({ file: of, key, line, words }) => ({ file: names[of], line, column: 1, key, message: words })),
  };
}

function problemsOf(file: string, parsed: ParsedFile): readonly Problem[] {
  return parsed?.ok === false ? parsed.problems.map((one) => ({ ...one, file })) : [];
}

function foundIn(folder: string): string | null {
  return CONFIG_PATHS.map((path) => join(folder, path)).find((path) => existsSync(path)) ?? null;
}

/** A file's path is meant from here; a revision stays as it is. */
function resolvedBase(base: string, folder: string): string {
  const path = resolve(folder, base);
  return existsSync(path) ? path : base;
}

function valuesOf(
  { config, sources }: TrustedConfig,
  names: Readonly<Record<"head" | "base", string>>,
): readonly Value[] {
  return Object.entries(sources).map(([key, { from, line }]) => {
    const file = from === "base" ? names.base : names.head;
    const kind = from === "tightened-by-head" ? "tightened" : from === "head" ? "file" : from;
    // Where both are one file there is no difference to tell.
    const plain = kind === "base" && names.base === names.head ? "file" : kind;
    return { key, value: valueAt(config, key), from: plain, place: line === null ? null : `${file}:${line}` };
  });
}

/** The folder that the file is the root configuration of: where compose and OpenAPI files are looked for. */
export function rootOf({ file }: LoadedFile, folder: string): string {
  if (file === null) return folder;
  const own = dirname(resolve(folder, file));
  return basename(own) === ".github" ? dirname(own) : own;
}
