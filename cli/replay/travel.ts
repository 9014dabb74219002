/** What of a recorded request is sent, and which requests are not sent at all. As the tee does, for the same reasons. */
import { isSecretName } from "../../core/redact/names.ts";
import type { HeaderLine, RecordedRequest } from "./request.ts";

/** Why a request was left out. Each is counted and told. */
export const SKIPS = {
  method: "would change something; --unsafe-methods sends them too",
  host: "went to other hosts; --host names those to take",
  "not-http": "are no http requests",
  redacted: "have a secret taken out of their path or body, so they cannot be sent as they were",
  credentials: "carry a secret in their address; --keep-credentials sends them",
} as const;
export type Skip = keyof typeof SKIPS;

/** What the command was told about sending. */
export interface TravelRules {
  readonly unsafe: boolean;
  readonly keepCredentials: boolean;
  /** Requests to these hosts are taken; null takes all. */
  readonly hosts: ReadonlySet<string> | null;
}

/** RFC 9110, 9.2.1; TRACE is refused by nearly every server. */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Frameworks take the method from these: a GET by its request line may delete. */
const OVERRIDES = /^x-(?:http-method(?:-override)?|method-override|original-method|rewrite-method)$/;

/** Names that belong to a connection (RFC 9110, 7.6.1), to its first host, or to what stood in between. */
const STAYS =
  /^(?::.*|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|http2-settings|expect|host|content-length|forwarded|via|x-forwarded-.*|x-real-ip|true-client-ip|cf-.*|cdn-loop|priority)$/;

/** Would make a 304 or a 206 of an answer. */
const CONDITIONAL = /^(?:if-.*|range)$/;

const TOKEN = /redacted:(?:string|number|boolean|binary):/;
/** RFC 9110, 5.1 and 5.5: what does not fit would become something else on its way. */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
export const HEADER_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** Null when it is to be sent. */
export function skipOf(request: RecordedRequest, { unsafe, keepCredentials, hosts }: TravelRules): Skip | null {
  const { path, host, body } = request;
  if (hosts !== null && host !== null && !hosts.has(host)) return "host";
  if (!unsafe && !isSafe(request)) return "method";
  if (TOKEN.test(decoded(path)) || (body !== null && TOKEN.test(Buffer.from(body).toString("latin1"))))
    return "redacted";
  return !keepCredentials && hasSecretInQuery(path) ? "credentials" : null;
}

/** Neither its method nor anything that overrides it changes something. */
export function isSafe({ method, path, headers }: RecordedRequest): boolean {
  if (!SAFE_METHODS.has(method) || /[?&]_method=/i.test(path)) return false;
  return !headers.some(([name]) => OVERRIDES.test(name));
}

/** The headers that travel, and how many were left out because they carry credentials. */
export function travelling(
  headers: readonly HeaderLine[],
  { keepCredentials }: Pick<TravelRules, "keepCredentials">,
): { readonly headers: readonly HeaderLine[]; readonly credentials: number } {
  const sound = headers.filter(
    ([name, value]) =>
      HEADER_NAME.test(name) && HEADER_VALUE.test(value) && !STAYS.test(name) && !CONDITIONAL.test(name),
  );
  const secret = ([name, value]: HeaderLine): boolean => TOKEN.test(value) || (!keepCredentials && isSecretName(name));
  const kept = sound.filter((line) => !secret(line));
  return { headers: kept, credentials: sound.length - kept.length };
}

function hasSecretInQuery(path: string): boolean {
  const start = path.indexOf("?");
  if (start === -1) return false;
  return [...new URLSearchParams(path.slice(start + 1))].some(([name, value]) => value !== "" && isSecretName(name));
}

function decoded(path: string): string {
  return path.replaceAll(/%3a/gi, ":");
}
