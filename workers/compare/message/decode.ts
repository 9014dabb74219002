/**
 * bytes -> gunzip -> version -> schema -> pairs (from the bucket when the message carries only a key).
 * It says what is wrong with a message; whether to acknowledge, retry or give up is the caller's.
 */
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { Result } from "../../../core/pair/result.ts";
import { MESSAGE_VERSION } from "../../../core/wire/message.ts";
import { PairMessageSchema, VersionSchema } from "../../../core/wire/message-schema.ts";
import { inflate, MAX_INFLATED_BYTES } from "./inflate.ts";

/**
 * `newer-version`: written by a newer tee, must never be acknowledged. `not-found`: its bytes are not in the bucket (yet).
 * The others are broken for good.
 */
export type DecodeFailure = "newer-version" | "not-found" | "too-large" | "not-gzip" | "not-json" | "wrong-shape";

export interface Decoded {
  readonly pairs: readonly CapturedPair[];
  /** Characters of JSON that were parsed, for the caller's memory budget. */
  readonly size: number;
  /** See `PairMessage`: of the message itself, not of what lies in the bucket. */
  readonly sendBy: number | undefined;
}

export async function decode(body: unknown, bucket: R2Bucket): Promise<Result<Decoded, DecodeFailure>> {
  const bytes = bytesOf(body);
  if (bytes === null) return { ok: false, reason: "not-gzip", detail: "the message is not bytes" };
  const first = await decodeBytes(bytes);
  if (!first.ok || "pairs" in first.value) return inline(first);
  const stored = await bucket.get(first.value.r2Key);
  if (stored === null) return { ok: false, reason: "not-found", detail: first.value.r2Key };
  if (stored.size > MAX_INFLATED_BYTES) return { ok: false, reason: "too-large" };
  const large = inline(await decodeBytes(new Uint8Array(await stored.arrayBuffer())));
  return large.ok ? { ok: true, value: { ...large.value, sendBy: first.value.sendBy } } : large;
}

type Envelope = Decoded | { readonly r2Key: string; readonly sendBy: number | undefined };

function inline(result: Result<Envelope, DecodeFailure>): Result<Decoded, DecodeFailure> {
  if (!result.ok) return result;
  if ("pairs" in result.value) return { ok: true, value: result.value };
  return { ok: false, reason: "wrong-shape", detail: "a stored message points at another one" };
}

async function decodeBytes(bytes: Uint8Array): Promise<Result<Envelope, DecodeFailure>> {
  const text = await inflate(bytes);
  if (!text.ok) return text;
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch (error) {
    return { ok: false, reason: "not-json", detail: String(error).slice(0, 200) };
  }
  const version = VersionSchema.safeParse(json);
  if (version.success && version.data.v > MESSAGE_VERSION)
    return { ok: false, reason: "newer-version", detail: `version ${version.data.v}` };
  const message = PairMessageSchema.safeParse(json);
  if (!message.success) return { ok: false, reason: "wrong-shape", detail: message.error.message.slice(0, 500) };
  const { sendBy } = message.data;
  if ("r2Key" in message.data) return { ok: true, value: { r2Key: message.data.r2Key, sendBy } };
  return { ok: true, value: { pairs: message.data.pairs, size: text.value.length, sendBy } };
}

function bytesOf(body: unknown): Uint8Array | null {
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return body instanceof Uint8Array ? body : null;
}
