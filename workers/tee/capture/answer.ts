/**
 * Captures an answer: status, headers and the start of its body as raw bytes, with both times. Text is made of it only where
 * a pair is really built (`observationOf`): equal answers are settled on the bytes and never become text.
 */
import type { Answer, HeaderValue, NoAnswer, Observation, Headers as PairHeaders } from "../../../core/pair/pair.ts";
import { type Captured, captureBytes, captureWhole } from "./bytes.ts";
import { failureReason } from "./failure.ts";
import type { Holding } from "./memory.ts";
import { bodyText } from "./text.ts";

/** How much of an answer is kept, a side. A whole 200 MB answer grew memory by 110 MB, capped by 4 MB. */
export const MAX_ANSWER_BYTES = 256 * 1024;

/** The times of one fetch, Unix milliseconds. */
export interface Timing {
  readonly startedAt: number;
  readonly headersAt: number;
}

/** A captured answer as it came. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  /** The body, decoded from its content encoding, up to `MAX_ANSWER_BYTES`. */
  readonly bytes: Uint8Array;
  /** The body was cut: at the size, or because it came too slowly. */
  readonly truncated: boolean;
  /** From the start of the fetch to the end of the captured body, milliseconds. */
  readonly latencyMs: number;
  /** From the start of the fetch to the headers, milliseconds. */
  readonly headersMs: number;
  /** The whole body's length, where it is known. */
  readonly bodyBytes: number | undefined;
}

/** The isolate has no room left; the request then counts as dropped. */
export const OUT_OF_MEMORY = "out-of-memory";

/** What became of one fetch. */
export type Side = Seen | NoAnswer | typeof OUT_OF_MEMORY;

const NO_BYTES = new Uint8Array();

/**
 * Reads the body up to the cap. A body that broke off is a failure when it is the sender's, and `truncated` at a limit of ours.
 * Without `maxMs` the answer is to a request of ours: nobody else reads it, and that request's own limit ends it. Otherwise it
 * is one branch of a body that the client reads as well.
 */
export async function see(
  arrived: Response,
  { startedAt, headersAt }: Timing,
  limits: { readonly maxMs?: number; readonly holding: Holding },
): Promise<Side> {
  const { status, headers } = arrived;
  const announced = announcedBytes(headers);
  const captured = await capture(arrived, announced, limits);
  const latencyMs = Date.now() - startedAt;
  if (captured.end === "memory") return OUT_OF_MEMORY;
  if (captured.end === "error") return { failed: failureReason(captured.error), latencyMs };
  const { bytes } = captured;
  const truncated = captured.end !== "complete";
  // No bytes although some were announced: an answer to HEAD.
  const bodyBytes = truncated ? announced : bytes.byteLength || (announced ?? 0);
  return { status, headers, bytes, truncated, latencyMs, headersMs: headersAt - startedAt, bodyBytes };
}

function capture(
  arrived: Response,
  announced: number | undefined,
  { maxMs, holding }: { readonly maxMs?: number; readonly holding: Holding },
): Promise<Captured> | Captured {
  if (maxMs === undefined && announced !== undefined && announced <= MAX_ANSWER_BYTES)
    return captureWhole(arrived, announced, holding);
  const { body } = arrived;
  if (body === null) return { bytes: NO_BYTES, end: "complete" };
  return captureBytes(body, { maxBytes: MAX_ANSWER_BYTES, maxMs, expected: announced }, holding);
}

/** A side as the pair carries it. */
export function observationOf(side: Seen | NoAnswer): Observation {
  return "failed" in side ? side : answerOf(side);
}

function answerOf({ status, headers, bytes, truncated, latencyMs, headersMs, bodyBytes }: Seen): Answer {
  return {
    status,
    headers: plainHeaders(headers),
    ...bodyText(bytes, headers.get("content-type") ?? ""),
    latencyMs,
    headersMs,
    ...(truncated && { truncated }),
    ...(bodyBytes !== undefined && { bodyBytes }),
  };
}

/** The length the sender announced. Of a compressed body it is another length than the captured bytes', so it is unknown. */
export function announcedBytes(headers: Headers): number | undefined {
  const announced = headers.get("content-length");
  if (announced === null || headers.has("content-encoding")) return undefined;
  const bytes = Number(announced);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
}

/** Headers as the pair carries them: lower-case names, several Set-Cookie as a list. */
export function plainHeaders(headers: Headers): PairHeaders {
  const plain: Record<string, HeaderValue> = {};
  for (const [name, value] of headers) plain[name] = value;
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) plain["set-cookie"] = cookies;
  return plain;
}
