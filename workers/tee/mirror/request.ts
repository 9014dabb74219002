/** The mirrored request: the same method, path and body, and of the headers only those that are known to be harmless. */
import type { PairRequest } from "../../../core/pair/pair.ts";
import { isSecretName } from "../../../core/redact/names.ts";
import { plainHeaders } from "../capture/answer.ts";
import { bodyText } from "../capture/text.ts";
import { addressAt, pathOf } from "../prod/origin.ts";
import { MARKER_HEADER } from "./marker.ts";

/**
 * What travels: content negotiation, content description, cross-origin and client hints that change an answer. Not: credentials,
 * conditions and ranges (they would make a 304 or 206), forwarding and tracing headers (they belong to the first request).
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

/** A request as it will be mirrored. The same form goes to the shadow, to production for the control, and into the pair. */
export interface MirroredRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array | null;
}

/** Builds it from the client's request and its captured body; `credentials` are test identities by header name. */
export function mirroredRequest(
  request: Request,
  body: Uint8Array | null,
  credentials: Readonly<Record<string, string>>,
): MirroredRequest {
  const headers = new Headers();
  for (const [name, value] of request.headers) if (travels(name)) headers.set(name, value);
  for (const [name, value] of Object.entries(credentials)) if (request.headers.has(name)) headers.set(name, value);
  return { method: request.method, url: request.url, headers, body };
}

function travels(name: string): boolean {
  return (TRAVELLING.has(name) || name.startsWith("sec-ch-")) && !isSecretName(name);
}

/** The request to send to an origin. Redirects are answers to compare, not to follow; caches are passed by. */
export function requestTo(origin: string, mirrored: MirroredRequest, marker: string): Request {
  const headers = new Headers(mirrored.headers);
  headers.set(MARKER_HEADER, marker);
  const url = origin === "" ? mirrored.url : addressAt(mirrored.url, origin);
  return new Request(url, {
    method: mirrored.method,
    headers,
    body: mirrored.body,
    redirect: "manual",
    cache: "no-store",
  });
}

/** The request as the pair carries it, before redaction. */
export function pairRequest(mirrored: MirroredRequest): PairRequest {
  const body = mirrored.body === null ? null : bodyText(mirrored.body, mirrored.headers.get("content-type") ?? "");
  return {
    method: mirrored.method,
    path: pathOf(mirrored.url),
    headers: plainHeaders(mirrored.headers),
    ...(body ?? { body: null }),
  };
}
