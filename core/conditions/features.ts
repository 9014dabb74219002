/**
 * The features of a request: what the requests that fail may have in common. Requests are redacted already; what is long,
 * or looks random, is kept as present without its value all the same. The method is no feature: a route has one.
 */
import type { PairRequest } from "../pair/pair.ts";
import { isToken } from "../redact/token.ts";
import { bodyFields } from "./body-fields.ts";
import { type Feature, writeFeature } from "./feature.ts";
import { headerFields } from "./header-fields.ts";
import { queryFields } from "./query.ts";

/** A row of the database keeps so many features of so many characters in all; what the query says goes first. */
export const MAX_FEATURES = 48;
export const MAX_FEATURES_CHARS = 2_000;

/** Longer values are free text or blobs. */
const MAX_VALUE_CHARS = 40;
const MAX_KEY_CHARS = 60;

/** So long, of letters and digits alone: a key, a hash or a cursor. */
const RANDOM_LOOKING = /^(?=.*\d)(?=.*[a-z])[\w-]{20,}$/i;

export interface RequestScene {
  readonly request: PairRequest;
  /** `GET /users/{id}`. */
  readonly route: string;
  readonly credentials: "none" | "test-identity";
}

/** In the notation of `feature.ts`, each once, in a stable order. */
export function featuresOf(scene: RequestScene): string[] {
  const texts = new Set(fieldsOf(scene).filter(isNamed).map(withoutSecrets).map(writeFeature));
  const kept: string[] = [];
  let chars = 0;
  for (const text of texts) {
    chars += text.length;
    if (kept.length >= MAX_FEATURES || chars > MAX_FEATURES_CHARS) break;
    kept.push(text);
  }
  return kept;
}

function fieldsOf({ request, route, credentials }: RequestScene): readonly Feature[] {
  const [path = "", query = ""] = splitOnce(request.path.replace(/#.*$/s, ""), "?");
  return [
    ...queryFields("query", query),
    ...authField(request, credentials),
    ...pathFields(path, route),
    ...headerFields(request.headers),
    ...bodyFields(request),
  ];
}

function authField({ headers }: PairRequest, credentials: RequestScene["credentials"]): readonly Feature[] {
  const sent = credentials !== "none" || "authorization" in headers || "cookie" in headers;
  return sent ? [{ source: "auth", key: "credentials", value: null }] : [];
}

/** The segments that vary inside the route, by the name of their placeholder: `{id}`, and `{id}#2` for a second one. */
function pathFields(path: string, route: string): readonly Feature[] {
  const template = route.slice(route.indexOf(" ") + 1).split("/");
  const segments = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "").split("/");
  if (template.length !== segments.length) return [];
  const seen = new Map<string, number>();
  return template.flatMap((name, n): readonly Feature[] => {
    if (!/^\{.+\}$/.test(name)) return [];
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return [{ source: "path", key: nth === 1 ? name : `${name}#${nth}`, value: segments[n] ?? "" }];
  });
}

function isNamed({ key }: Feature): boolean {
  return key.length > 0 && key.length <= MAX_KEY_CHARS;
}

/** A token of redaction stays: equal secrets are equal, and nothing of them can be read. */
function withoutSecrets(feature: Feature): Feature {
  const { value } = feature;
  if (value === null || isToken(value)) return feature;
  return value.length > MAX_VALUE_CHARS || RANDOM_LOOKING.test(value) ? { ...feature, value: null } : feature;
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
