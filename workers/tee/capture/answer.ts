/** Makes an observation of a response: status, headers and the captured start of its body, with both times. */
import type { Answer, HeaderValue, Observation, Headers as PairHeaders } from "../../../core/pair/pair.ts";
import { type Captured, captureBytes, type Limits } from "./bytes.ts";
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

/** What the consumer of a captured body needs to know; `body` is null for HEAD, 204 and 304. */
export interface Arrived {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
}

/** Raised when the isolate has no room left; the request then counts as dropped. */
export const OUT_OF_MEMORY = "out-of-memory";

/**
 * Reads the body up to the cap. A body that broke off is a failure when it is the sender's, and `truncated` when it is a
 * limit of ours. `untilMs` bounds the reading.
 */
export async function observe(
  arrived: Arrived,
  timing: Timing,
  { maxMs, holding }: { maxMs: number; holding: Holding },
): Promise<Observation | typeof OUT_OF_MEMORY> {
  const limits: Limits = { maxBytes: MAX_ANSWER_BYTES, maxMs };
  const captured: Captured =
    arrived.body === null
      ? { bytes: new Uint8Array(), end: "complete" }
      : await captureBytes(arrived.body, limits, holding);
  const latencyMs = Date.now() - timing.startedAt;
  if (captured.end === "memory") return OUT_OF_MEMORY;
  if (captured.end === "error") return { failed: failureReason(captured.error), latencyMs };
  return answer(arrived, captured, { latencyMs, headersMs: timing.headersAt - timing.startedAt });
}

function answer(arrived: Arrived, captured: Captured, times: Pick<Answer, "latencyMs" | "headersMs">): Answer {
  const truncated = captured.end !== "complete";
  const bodyBytes = truncated || arrived.body === null ? announcedBytes(arrived.headers) : captured.bytes.byteLength;
  return {
    status: arrived.status,
    headers: plainHeaders(arrived.headers),
    ...bodyText(captured.bytes, arrived.headers.get("content-type") ?? ""),
    ...times,
    ...(truncated && { truncated }),
    ...(bodyBytes !== undefined && { bodyBytes }),
  };
}

/** The length the sender announced. Of a compressed body it is another length than the captured text's, so it is unknown. */
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
