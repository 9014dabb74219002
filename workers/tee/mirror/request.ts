/** The mirrored request: the same method, path and body, and of the headers only those that are known to be harmless. */
import type { HeaderValue, PairRequest } from "../../../core/pair/pair.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { bodyText } from "../capture/text.ts";
import { pathOf } from "../prod/origin.ts";
import { type HeaderPair, isSafeValue, readHeaders } from "./headers.ts";

/** A request as it will be mirrored. The same form goes to shadow and base, to production for the control, and into the pair. */
export interface MirroredRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array | null;
  /** A test identity stands in for the client's credentials. */
  readonly hasIdentity: boolean;
}

type Credentials = RoutedTarget["credentials"];

/** Builds it from the client's request and its captured body; `credentials` are test identities by lower-case header name. */
export function mirroredRequest(request: Request, body: Uint8Array | null, credentials: Credentials): MirroredRequest {
  const { travelling, credentials: carried } = readHeaders(request.headers);
  const mapped = carried.length === 0 ? [] : identities(carried, credentials);
  return {
    method: request.method,
    path: pathOf(request.url),
    headers: mapped.length === 0 ? travelling : [...travelling, ...mapped],
    body,
    hasIdentity: mapped.length > 0,
  };
}

/** Each header the client authenticated with, as the test identity's. An unsafe value is the operator's mistake: it throws. */
function identities(carried: readonly string[], credentials: Credentials): readonly HeaderPair[] {
  return carried.flatMap((name): readonly HeaderPair[] => {
    const value = Object.hasOwn(credentials, name) ? credentials[name] : undefined;
    if (value === undefined) return [];
    if (!isSafeValue(value)) throw new Error("a mapped credential is no header value");
    return [[name, value]];
  });
}

/** The request as the pair carries it, before redaction. */
export function pairRequest({ method, path, headers, body }: MirroredRequest): PairRequest {
  const plain: Record<string, HeaderValue> = Object.fromEntries(headers);
  const text =
    body === null ? { body: null } : bodyText(body, headers.find(([name]) => name === "content-type")?.[1] ?? "");
  return { method, path, headers: plain, ...text };
}

/** Form fields by which frameworks take another method than the request line's (`_method=DELETE`). */
const METHOD_FIELD = "_method";
const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)/i;

/** Whether a query or a form asks for another method: what was opted in would become something else at the shadow. */
export function asksForOtherMethod({ path, headers, body }: MirroredRequest): boolean {
  if (path.includes(`?${METHOD_FIELD}=`) || path.includes(`&${METHOD_FIELD}=`)) return true;
  if (body === null || !headers.some(([name, value]) => name === "content-type" && FORM.test(value))) return false;
  return new TextDecoder("latin1").decode(body).includes(METHOD_FIELD);
}
