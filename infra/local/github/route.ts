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
  if (!route.name.startsWith(`${method} `)) return null;
  const match = patternOf(route.name).exec(path);
  if (match === null) return null;
  return Object.fromEntries(
    Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
  );
}

const patterns = new Map<string, RegExp>();

function patternOf(name: string): RegExp {
  const known = patterns.get(name);
  if (known !== undefined) return known;
  const template = name.slice(name.indexOf(" ") + 1);
  const pattern = template
    .replace(/\{(path|basehead|git_ref)\}$/, "(?<$1>.+)")
    .replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const made = new RegExp(`^${pattern}$`);
  patterns.set(name, made);
  return made;
}

export function textIn(body: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = body[name];
  return typeof value === "string" ? value : null;
}
