/**
 * The route of a request in a repository that says something about its routes: by the templates of its OpenAPI file and its
 * configuration, otherwise by `routeOf`; then by the merges that people accepted. Pure, and read once per settings.
 */
import type { CompareSettings } from "../compare/settings.ts";
import { pathSegments, routeOf } from "./route.ts";
import { type FindTemplate, findTemplateIn } from "./templates.ts";

export type RouteNamer = (method: string, path: string) => string;

type RouteSettings = Pick<CompareSettings, "templates" | "aliases">;

/** Settings are made once per deployment and kept, so this forgets by itself. */
const namers = new WeakMap<RouteSettings, RouteNamer>();

/** `routeIn(settings)("get", "/users/anna")` is `GET /users/{userId}` where the OpenAPI file has that path. */
export function routeIn(settings: RouteSettings): RouteNamer {
  const known = namers.get(settings);
  if (known !== undefined) return known;
  const namer = namerOf(settings);
  namers.set(settings, namer);
  return namer;
}

function namerOf({ templates, aliases }: RouteSettings): RouteNamer {
  if (templates.length === 0 && Object.keys(aliases).length === 0) return routeOf;
  const find = findTemplateIn(templates);
  const merges = mergesOf(aliases);
  return (method, path) => {
    const segments = pathSegments(path);
    const template = find(segments);
    const route = template === null ? routeOf(method, path) : `${method.toUpperCase()} ${template}`;
    if (Object.hasOwn(aliases, route)) return aliases[route] ?? route;
    const merged = template === null ? merges.get(method.toUpperCase())?.(segments) : undefined;
    return merged === undefined || merged === null ? route : `${method.toUpperCase()} ${merged}`;
  };
}

/**
 * Who merged `/blog/hello` and `/blog/news` into `/blog/{slug}` means the post of tomorrow as well: targets are templates for
 * what nothing else names. A route that shall stay apart is an alias of itself.
 */
function mergesOf(aliases: Readonly<Record<string, string>>): ReadonlyMap<string, FindTemplate> {
  const targets = new Map<string, string[]>();
  for (const [route, target] of Object.entries(aliases)) {
    const space = target.indexOf(" ");
    if (route === target || space === -1 || !target.includes("{")) continue;
    const method = target.slice(0, space);
    targets.set(method, [...(targets.get(method) ?? []), target.slice(space + 1)]);
  }
  return new Map([...targets].map(([method, paths]) => [method, findTemplateIn(paths)]));
}
