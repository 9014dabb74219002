/**
 * What a repository says about comparing: how strictly, what to leave out, by which keys lists are told apart, and what its
 * OpenAPI file promises. Plain data, made from `.shadow-infra.yml` and that file; the engine only reads it.
 */

/** `exact`: no volatile value is excused. `values`: the ordinary way. `shape`: names, types and lengths of nothing but structure. */
export const COMPARE_MODES = ["exact", "values", "shape"] as const;
export type CompareMode = (typeof COMPARE_MODES)[number];

/** How the answers of one route are compared. */
export interface Comparison {
  readonly mode: CompareMode;
  /** JSONPath queries (RFC 9535) and `header:<name>`; what they select is suppressed as noise, within the limits of noise. */
  readonly ignore: readonly string[];
  /** Identifying field of a list's elements, by the JSONPath of the list: `{"$.items": "id"}`. */
  readonly listKeys: Readonly<Record<string, string>>;
}

export const DEFAULT_COMPARISON: Comparison = { mode: "values", ignore: [], listKeys: {} };

/** `match` is a method (or `*`) and a path glob, such as `GET /v1/orders/**`. The first match wins. */
export interface RouteComparison extends Comparison {
  readonly match: string;
}

/** A JSON Schema as it stands in an OpenAPI file, references resolved within `ApiContract.definitions`. */
export type JsonSchema = boolean | Readonly<Record<string, unknown>>;

/** What an OpenAPI file promises of answers. */
export interface ApiContract {
  /** By route (`GET /users/{id}`), then by status (`200`, `2XX`, `default`), then by media type. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>>>;
  /** Schemas that others refer to as `#/$defs/<name>`. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

export interface CompareSettings {
  readonly routes: readonly RouteComparison[];
  /** Route templates by OpenAPI or by the repository's config, such as `/users/{userId}`; the most literal match names the route. */
  readonly templates: readonly string[];
  /** Routes that people merged into another: `GET /blog/hello` to `GET /blog/{slug}`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Null where the repository has no OpenAPI file. */
  readonly contract: ApiContract | null;
}

export const DEFAULT_COMPARE_SETTINGS: CompareSettings = { routes: [], templates: [], aliases: {}, contract: null };
