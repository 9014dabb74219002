/**
 * A request's headers as the mirror needs them, read once: those that travel, those that carry credentials, and whether one
 * asks for another method than the request line does. An allow-list: a header nobody thought of stays at home.
 */
import { isHarmlessReferer } from "./credentials.ts";
import { isKnownSecret } from "./names.ts";

/**
 * What travels: content negotiation, content description, cross-origin and client hints that change an answer. Not: credentials,
 * conditions and ranges (they would make a 304 or 206), forwarding and tracing headers and those of the network (`CF-*`):
 * they belong to the first request.
 */
const TRAVELLING: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "access-control-request-headers",
  "access-control-request-method",
  "content-encoding",
  "content-language",
  "content-type",
  "dnt",
  "origin",
  "prefer",
  "referer",
  "save-data",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "user-agent",
  "x-requested-with",
]);

/** Frameworks take the method from these: a GET by its request line may delete. */
const METHOD_OVERRIDES: ReadonlySet<string> = new Set([
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-method",
  "x-rewrite-method",
]);

/** What a header's value may consist of (RFC 9110, 5.5). The runtime sees to it on the way in; this one on the way out. */
const SAFE_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export type HeaderPair = readonly [name: string, value: string];

export interface ReadHeaders {
  readonly travelling: readonly HeaderPair[];
  /** Lower-case names of the headers that carry credentials. */
  readonly credentials: readonly string[];
  readonly overridesMethod: boolean;
}

const read = new WeakMap<Headers, ReadHeaders>();

/** Remembered, because several targets ask for the same request. */
export function readHeaders(headers: Headers): ReadHeaders {
  const known = read.get(headers);
  if (known !== undefined) return known;
  const travelling: HeaderPair[] = [];
  const credentials: string[] = [];
  let overridesMethod = false;
  for (const [name, value] of headers) {
    if (isKnownSecret(name)) credentials.push(name);
    else if (METHOD_OVERRIDES.has(name)) overridesMethod = true;
    else if (travels(name, value)) travelling.push([name, value]);
  }
  const all = { travelling, credentials, overridesMethod };
  read.set(headers, all);
  return all;
}

function travels(name: string, value: string): boolean {
  if (!TRAVELLING.has(name) && !name.startsWith("sec-ch-")) return false;
  return isSafeValue(value) && (name !== "referer" || isHarmlessReferer(value));
}

/** Whether a value can be sent as a header without becoming something else. */
export function isSafeValue(value: string): boolean {
  return SAFE_VALUE.test(value);
}
