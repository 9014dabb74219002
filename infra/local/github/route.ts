/** How a route of the API is written down: its name as in GitHub's documentation, what it asks of the caller, and its answer. */
import type { Caller, Need } from "./access.ts";
import type { Answer, Listing } from "./answer.ts";
import type { Repository, State } from "./state.ts";

export interface ApiCall {
  readonly state: State;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON of the body; an empty object where there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  readonly listing: Listing;
}

export interface RepositoryCall extends ApiCall {
  readonly repository: Repository;
}

export type Route =
  | {
      readonly name: string;
      readonly of: "repository";
      readonly needs: readonly Need[];
      readonly answer: (call: RepositoryCall) => Answer;
    }
  | { readonly name: string; readonly of: "app" | "installation"; readonly answer: (call: ApiCall) => Answer };

/** Routes of a repository, below `/repos/{owner}/{repo}`. */
export function repositoryRoute(name: string, needs: readonly Need[], answer: (call: RepositoryCall) => Answer): Route {
  const [method = "", path = ""] = name.split(" ");
  return { name: `${method} /repos/{owner}/{repo}${path === "/" ? "" : path}`, of: "repository", needs, answer };
}

/** Parameters by name where the route fits, or null. Only the last parameter of a route may hold slashes. */
export function matchRoute(route: Route, method: string, path: string): Readonly<Record<string, string>> | null {
  const [wanted, template = ""] = route.name.split(" ");
  if (wanted !== method) return null;
  const isOpen = /\{(?:path|basehead)\}$/.test(template);
  const pattern = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    isOpen && template.endsWith(`{${name}}`) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  const groups = new RegExp(`^${pattern}$`).exec(path)?.groups;
  if (groups === undefined) return new RegExp(`^${pattern}$`).test(path) ? {} : null;
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

export function textIn(body: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = body[name];
  return typeof value === "string" ? value : null;
}
