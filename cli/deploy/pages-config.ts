/**
 * The Pages project's wrangler.toml. Pages knows no environments: the file is production's, and staging is a project of its own
 * whose file is derived here. Pure.
 */
import { stringify } from "smol-toml";
import { z } from "zod";
import type { Environment } from "./worker-config.ts";

const PagesConfigSchema = z.looseObject({
  name: z.string(),
  pages_build_output_dir: z.string().optional(),
  compatibility_date: z.string(),
  main: z.unknown().optional(),
  assets: z.unknown().optional(),
  services: z.array(z.object({ binding: z.string(), service: z.string() })).default([]),
});

/** A wrangler.toml of a Pages project. */
export type PagesConfig = Readonly<z.infer<typeof PagesConfigSchema>>;

/** Checks what TOML said. Throws a ZodError that names the key. */
export function parsePagesConfig(raw: unknown): PagesConfig {
  return PagesConfigSchema.parse(raw);
}

/** Why this is no Pages project any more, or undefined. wrangler can turn one into a Worker with assets, which has other rules. */
export function notPagesBecause(config: PagesConfig): string | undefined {
  if (config.pages_build_output_dir === undefined) return "pages_build_output_dir is gone";
  if (config.main !== undefined) return "it has a `main`, which only a Worker has";
  if (config.assets !== undefined) return "it has `assets`, which only a Worker has";
  return undefined;
}

/** The same project in one environment: names that end in `-production` end in that environment's name. */
export function pagesConfigOf(production: PagesConfig, environment: Environment): PagesConfig {
  const rename = (name: string): string => name.replace(/-production$/, `-${environment}`);
  return {
    ...production,
    name: rename(production.name),
    services: production.services.map((each) => ({ ...each, service: rename(each.service) })),
  };
}

/** The file's text. */
export function pagesConfigText(config: PagesConfig): string {
  return stringify(config);
}
