/**
 * The smallest request that shows a drift, as a curl command for a POSIX shell: of its headers only those that its condition or
 * its body need, secrets as `$TOKEN`, the shadow as `$SHADOW_URL`. What clients sent is quoted, so that no shell runs any of it.
 */
import type { BodyEncoding } from "../pair/pair.ts";
import { type Feature, readFeature } from "./feature.ts";
import type { Predicate } from "./predicate.ts";
import { userAgentOf } from "./user-agent.ts";

/** A request that failed. */
export interface FailingRequest {
  readonly method: string;
  /** Path with its query string. */
  readonly path: string;
  /** In the notation of `feature.ts`. */
  readonly features: readonly string[];
  /** Null where there is none; undefined where there is one that is not at hand. */
  readonly body: string | null | undefined;
  readonly bodyEncoding?: BodyEncoding;
}

/** Methods whose requests may well have a body. */
const WITH_BODY: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/** The shadow's origin, as a variable of the shell. */
const ORIGIN = "SHADOW_URL";

/** A token of redaction, also percent-encoded as in a query string. */
const TOKEN = /redacted(?::|%3A)\w{1,10}(?::|%3A)[\d-]+(?:\+|%2B)?(?::|%3A)[\w-]{1,64}(?::|%3A)[\w-]{1,64}/gi;

/** `predicate` is the drift's condition, or null without one. */
export function minimalCurl(request: FailingRequest, predicate: Predicate | null): string {
  const words = wordsWithPlaceholders();
  const path = request.path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const parts = [`curl --include --globoff${methodFlag(request.method)} "$${ORIGIN}"${words(path)}`];
  // An empty value is said by a semicolon: with a colon curl would leave the header out.
  for (const [name, value] of neededHeaders(request, predicate))
    parts.push(`--header ${words(value === "" ? `${name};` : `${name}: ${value.replaceAll(/[\r\n]+/g, " ")}`)}`);
  if (hasCredentials(request)) parts.push(`--header 'authorization: '"$TOKEN"`);
  if (isText(request)) parts.push(`--data-raw ${words(request.body ?? "")}`);
  const command = parts.join(" \\\n  ");
  return lacksBody(request) ? `${command}\n# The request's body is not part of this command.` : command;
}

function methodFlag(method: string): string {
  if (method === "GET") return "";
  return method === "HEAD" ? " --head" : ` --request ${quoted(method)}`;
}

function neededHeaders(request: FailingRequest, predicate: Predicate | null): readonly (readonly [string, string])[] {
  const asked = new Set(predicate?.filter(({ source }) => source === "header").map(({ key }) => key));
  const features = request.features.flatMap((text) => readFeature(text) ?? []);
  return features.flatMap((feature) => {
    const wanted = feature.source === "header" && (asked.has(feature.key) || describesBody(feature, request));
    return wanted ? [[feature.key, sentValue(feature)] as const] : [];
  });
}

/** curl says `application/x-www-form-urlencoded` of every body it is not told otherwise. */
function describesBody({ key }: Feature, { body }: FailingRequest): boolean {
  return key === "content-type" && body !== null && body !== "";
}

function sentValue({ key, value }: Feature): string {
  if (key === "user-agent") return userAgentOf(value ?? "other");
  if (value !== null) return value;
  return key === "origin" || key === "referer" ? "https://example.com" : "any";
}

function hasCredentials({ features }: FailingRequest): boolean {
  return features.some((text) => readFeature(text)?.source === "auth");
}

function isText({ body, bodyEncoding }: FailingRequest): boolean {
  // No argument of a program can hold a NUL.
  return typeof body === "string" && body !== "" && bodyEncoding === undefined && !body.includes("\0");
}

function lacksBody(request: FailingRequest): boolean {
  const has = request.body === undefined ? WITH_BODY.has(request.method) : request.body !== null && request.body !== "";
  return has && !isText(request);
}

/** Quotes text, and puts `"$SECRET"` in the place of each secret: equal ones share a name, the second one is `$SECRET_2`. */
function wordsWithPlaceholders(): (text: string) => string {
  const names = new Map<string, string>();
  const nameOf = (token: string) => {
    const known = names.get(token) ?? `SECRET${names.size === 0 ? "" : `_${names.size + 1}`}`;
    names.set(token, known);
    return known;
  };
  return (text) => {
    const secrets = text.match(TOKEN) ?? [];
    const plain = text.split(TOKEN).map(quoted);
    return plain.reduce((line, part, n) => `${line}"$${nameOf(decoded(secrets[n - 1] ?? ""))}"${part}`);
  };
}

function decoded(token: string): string {
  return token.replaceAll(/%3A/gi, ":").replaceAll(/%2B/gi, "+");
}

/** In single quotes, where a shell expands nothing. */
function quoted(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", `'\\''`)}'`;
}
