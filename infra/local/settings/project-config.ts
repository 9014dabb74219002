/**
 * `--config`: the repository's `.shadow-infra.yml`, and the OpenAPI file it names, read from this machine. What they mean is said
 * in `core/config`; the commands that judge recordings read it here too.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { CompareSettings } from "../../../core/compare/settings.ts";
import { compareSettingsOf } from "../../../core/config/compare-settings.ts";
import { parseProjectConfig } from "../../../core/config/parse.ts";
import type { ProjectConfig } from "../../../core/config/schema.ts";
import { readOpenApi } from "../../../core/openapi/read.ts";
import { type Environment, readVariable } from "./read.ts";

const FILE_NAME = ".shadow-infra.yml";

/** Read and understood, or why not, in lines for people that say where. */
export type LoadedConfig =
  | {
      readonly ok: true;
      readonly config: ProjectConfig;
      readonly settings: CompareSettings;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Which file a local start reads, absolute: the flag's, the environment's, or the one in the folder where there is one. That one is
 * about the servers of its repository, so an example leaves it alone. Null for none.
 */
export function configFileOf(
  options: Readonly<Record<string, unknown>>,
  env: Environment,
  folder: string,
): string | null {
  const asked = options["config"] ?? readVariable(env, "SHADOW_INFRA_CONFIG");
  if (typeof asked === "string") return resolve(folder, asked);
  const isExample =
    options["example"] !== undefined || !(options["prod"] ?? readVariable(env, "SHADOW_INFRA_PROD_URL"));
  const found = join(folder, FILE_NAME);
  return !isExample && existsSync(found) ? found : null;
}

/** What to say of a file that a local start reads: that it does, and what of it means nothing here. */
export function configNotices(
  path: string,
  { config, warnings }: Extract<LoadedConfig, { ok: true }>,
): readonly string[] {
  const identities = Object.keys(config.credentials);
  return [
    `Reading ${path}: mirror, routes, redact, methods, sticky and openapi hold. How much is mirrored says --rate.`,
    ...(identities.length === 0
      ? []
      : [`credentials (${identities.join(", ")}) are not sent here: requests that carry some are skipped.`]),
    ...warnings,
  ];
}

export function loadConfig(path: string): LoadedConfig {
  const text = textOf(path);
  if (text === null) return { ok: false, problems: [`Cannot read the configuration ${path}.`] };
  const parsed = parseProjectConfig(text);
  if (!parsed.ok)
    return {
      ok: false,
      problems: parsed.problems.map(
        ({ line, column, key, message }) => `${path}:${line}:${column}: ${key === "" ? "" : `${key}: `}${message}`,
      ),
    };
  const config = parsed.value;
  if (config.openapi === undefined)
    return { ok: true, config, settings: compareSettingsOf(config, null), warnings: [] };
  return withOpenApi(config, join(dirname(path), config.openapi));
}

/** The configuration names it relative to itself. */
function withOpenApi(config: ProjectConfig, path: string): LoadedConfig {
  const text = textOf(path);
  if (text === null) return { ok: false, problems: [`Cannot read the OpenAPI file ${path}.`] };
  const read = readOpenApi(text);
  if (read.ok) {
    const warnings = read.warnings.map((words) => `${path}: ${words}`);
    return { ok: true, config, settings: compareSettingsOf(config, read.value), warnings };
  }
  return { ok: false, problems: read.problems.map(({ line, message }) => `${path}:${line}: ${message}`) };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
