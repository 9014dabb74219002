/** `--config`: the repository's `.shadow-infra.yml`, and the OpenAPI file it names, as what the engine compares by. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CompareSettings } from "../../core/compare/settings.ts";
import { compareSettingsOf } from "../../core/config/compare-settings.ts";
import { parseProjectConfig } from "../../core/config/parse.ts";
import type { ProjectConfig } from "../../core/config/schema.ts";
import { readOpenApi } from "../../core/openapi/read.ts";

/** Read and understood, or why not, in lines for people that say where. */
export type LoadedConfig =
  | { readonly ok: true; readonly config: ProjectConfig; readonly settings: CompareSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

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
  if (config.openapi === undefined) return { ok: true, config, settings: compareSettingsOf(config, null) };
  return withOpenApi(config, join(dirname(path), config.openapi));
}

/** The configuration names it relative to itself. */
function withOpenApi(config: ProjectConfig, path: string): LoadedConfig {
  const text = textOf(path);
  if (text === null) return { ok: false, problems: [`Cannot read the OpenAPI file ${path}.`] };
  const read = readOpenApi(text);
  if (read.ok) return { ok: true, config, settings: compareSettingsOf(config, read.value) };
  return { ok: false, problems: read.problems.map(({ line, message }) => `${path}:${line}: ${message}`) };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
