/** A request to be sent again, and how the lines of recordings become one: bare requests, or the requests of recorded pairs. */
import { z } from "zod";
import type { Result } from "../../core/pair/result.ts";
import { RequestSchema } from "../../core/wire/recorded-pair.ts";

/** One header line; several of one name are several lines. */
export type HeaderLine = readonly [name: string, value: string];

/** As it was recorded. Header names are lower case. */
export interface RecordedRequest {
  readonly id: string;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** Host and port it went to, where the recording says so. */
  readonly host: string | null;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array | null;
}

/** A recording that could be read. `skipped` is none of ours to send: an address of another kind. */
export type Reading = Result<RecordedRequest, "malformed" | "not-http">;

/** A bare request may name an address instead of a path. */
const BareSchema = RequestSchema.extend({
  id: z.string().min(1).optional(),
  path: z.string().min(1).optional(),
  url: z.string().min(1).optional(),
}).refine(({ path, url }) => path !== undefined || url !== undefined, "neither path nor url is given");

type Bare = z.infer<typeof BareSchema>;

/** `number` makes its id where it has none. */
export function readRequest(text: string, number: number): Reading {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return malformed("not JSON");
  }
  const bare = isRecord(raw) && "request" in raw ? fromPair(raw) : BareSchema.safeParse(raw);
  if (!bare.success) return malformed(problemOf(bare.error));
  return requestOf(bare.data, number);
}

/** The answers of a recorded pair do not matter here, so only its request has to be sound. */
function fromPair({ id, request }: { readonly id?: unknown; readonly request: unknown }) {
  return BareSchema.safeParse(isRecord(request) ? { ...request, ...(typeof id === "string" && { id }) } : request);
}

function requestOf(bare: Bare, number: number): Reading {
  const target = targetOf(bare.path ?? bare.url ?? "");
  if (!target.ok) return target;
  const headers = Object.entries(bare.headers).flatMap(([name, value]) =>
    [value].flat().map((each): HeaderLine => [name.toLowerCase(), each]),
  );
  const body = bare.body === null ? null : Buffer.from(bare.body, bare.bodyEncoding ?? "utf8");
  const { path, host } = target.value;
  return {
    ok: true,
    value: { id: bare.id ?? idOf(number), method: bare.method.toUpperCase(), path, host, headers, body },
  };
}

/** A path with query, or a whole address. Addresses of another scheme than http are none that a server answers. */
export function targetOf(
  text: string,
): Result<{ readonly path: string; readonly host: string | null }, "malformed" | "not-http"> {
  if (text.startsWith("/")) return { ok: true, value: { path: sendable(text), host: null } };
  if (!URL.canParse(text)) return malformed("neither a path that begins with / nor an address");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return { ok: false, reason: "not-http", detail: url.protocol };
  return { ok: true, value: { path: sendable(`${url.pathname}${url.search}`), host: url.host } };
}

/** Without its fragment, and with everything percent-encoded that may not stand in a request line (RFC 9112, 3.2). */
function sendable(path: string): string {
  return path
    .replace(/#.*$/s, "")
    .toWellFormed()
    .replaceAll(/[^\u0021-\u007e]/gu, (character) => encodeURIComponent(character));
}

/** `request-000017`. */
export function idOf(number: number): string {
  return `request-${String(number).padStart(6, "0")}`;
}

export function malformed(detail: string): Result<never, "malformed"> {
  return { ok: false, reason: "malformed", detail };
}

export function problemOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "not a request";
  return issue.path.length === 0 ? issue.message : `${issue.path.map(String).join(".")}: ${issue.message}`;
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
