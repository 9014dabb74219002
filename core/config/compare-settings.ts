/** The part of the configuration that says how answers are compared, in the engine's own form. */
import type { ApiContract, CompareSettings, RouteComparison } from "../compare/settings.ts";
import type { ProjectConfig } from "./schema.ts";

/** What an OpenAPI file gives: route templates, and what it promises of answers. */
export interface OpenApiParts {
  readonly templates: readonly string[];
  readonly contract: ApiContract;
}

/** Without an OpenAPI file, `openapi` is null. Aliases are the repository's decisions and are added where those are kept. */
export function compareSettingsOf(config: ProjectConfig, openapi: OpenApiParts | null): CompareSettings {
  const own = config.routes.map((route) => pathOf(route.match)).filter(isTemplate);
  return {
    routes: config.routes.map(routeComparison),
    templates: [...new Set([...(openapi?.templates ?? []), ...own])],
    aliases: {},
    contract: openapi?.contract ?? null,
  };
}

function routeComparison(route: ProjectConfig["routes"][number]): RouteComparison {
  return { match: globbed(route.match), mode: route.compare, ignore: route.ignore, listKeys: route.list_key };
}

/** `GET /users/{id}` as a glob: `GET /users/*`. The tee's rules read the same form. */
export function globbed(match: string): string {
  return match.replaceAll(/\{[^{}/]*\}/g, "*");
}

function pathOf(match: string): string {
  return match.slice(match.indexOf(" ") + 1);
}

/** A path with names in braces and no star says which requests are one route. */
function isTemplate(path: string): boolean {
  return /\{[^{}/]+\}/.test(path) && !path.includes("*");
}
