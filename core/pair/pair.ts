/**
 * The nouns of the flow: a request, the answers to it, and the pair they make.
 * Plain data in the form of the recorded-pair contract; nothing here knows where the bytes came from.
 */

/** One header's value; several occurrences of a header (Set-Cookie) are an array in order of arrival. */
export type HeaderValue = string | readonly string[];

/** Header names are lower case. */
export type Headers = Readonly<Record<string, HeaderValue>>;

/** How a body is carried in JSON: as text, or as base64 when its bytes are not valid UTF-8. */
export type BodyEncoding = "base64";

/** The request as it was mirrored: redacted, and only with the headers that travel. */
export interface PairRequest {
  readonly method: string;
  /** Path with its query string, as sent. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | null;
  readonly bodyEncoding?: BodyEncoding;
}

/** One side of a pair that answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly bodyEncoding?: BodyEncoding;
  /** From the start of the fetch to the end of the captured body, in milliseconds. */
  readonly latencyMs: number;
  /** From the start of the fetch to the headers, in milliseconds. */
  readonly headersMs?: number;
  /** The body was cut at the capture limit: only its prefix, its length and the headers can be compared. */
  readonly truncated?: boolean;
  /** The body's full length in bytes, where it is known. */
  readonly bodyBytes?: number;
}

/** Why a side gave no answer. `unreached`: something in between answered, without the stamp of the deployment's gateway. */
export const FAILURE_REASONS = ["timeout", "refused", "reset", "dns", "tls", "protocol", "unreached"] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** One side of a pair that never answered. */
export interface NoAnswer {
  readonly failed: FailureReason;
  /** Milliseconds until it was given up. */
  readonly latencyMs: number;
}

export type Observation = Answer | NoAnswer;

/**
 * A request with the two answers to it, and second answers where they were asked for:
 * `control` from production again, `base` and `baseAgain` from the base commit's stack.
 */
export interface Pair {
  readonly id: string;
  /** Host and port each side was asked under, where the sender knew: links to them are links to oneself. */
  readonly hosts?: { readonly prod?: string; readonly shadow?: string; readonly base?: string };
  readonly request: PairRequest;
  readonly prod: Observation;
  readonly shadow: Observation;
  readonly control?: Observation;
  readonly base?: Observation;
  readonly baseAgain?: Observation;
  /**
   * The tee found the shadow's answer equal to the reference's byte for byte: bodies are not carried (`body` is empty,
   * `bodyBytes` tells their size), so none of this pair's bodies can be compared. Never set in recordings.
   */
  readonly settled?: "equal";
}

/** Tells an answer from a failure. */
export function answered(side: Observation | undefined): side is Answer {
  return side !== undefined && "status" in side;
}

/** What the shadow is judged against: the base stack where it answered, otherwise production. */
export function referenceOf(pair: Pair): Observation {
  return pair.base !== undefined && answered(pair.base) ? pair.base : pair.prod;
}
