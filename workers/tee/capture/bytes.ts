/**
 * Reads a copy of a body eagerly, up to a cap, and cancels it there. Eagerly, because a branch of `tee()` that is read
 * slowly buffers everything or holds the other branch back; bounded in time, because it goes on when the client has left.
 *
 * A body of known length that is all ours is read by the runtime itself: for 50 KB that costs a quarter of a loop over its
 * 4 KB chunks. Never so a branch of a body that production or the client reads too: both branches wait for the read that
 * asks for the most, so whoever asks for more than one byte holds the other back until so many have come.
 */
import type { Holding } from "./memory.ts";

export interface Limits {
  readonly maxBytes: number;
  readonly maxMs: number;
  /** The body's length in bytes where the sender announced it and nothing has to be decoded. */
  readonly expected: number | undefined;
  /** Nobody else reads a branch of this body. */
  readonly alone: boolean;
}

export interface Captured {
  readonly bytes: Uint8Array;
  /** How it ended: at the end of the body, at a limit of ours, with the isolate full, or with an error of the sender. */
  readonly end: "complete" | "size" | "time" | "memory" | "error";
  readonly error?: unknown;
}

/** How much one read takes at most, bytes. */
const READ_BYTES = 64 * 1024;

const NO_BYTES = new Uint8Array();

type Body = ReadableStream<Uint8Array>;
type Late = Promise<"time">;

/** Rejects only for faults of ours: an error of the sender is an ending. Whatever is left unread is cancelled. */
export async function captureBytes(body: Body, limits: Limits, holding: Holding): Promise<Captured> {
  const { expected, alone } = limits;
  let timer: number | null = null;
  try {
    const late = new Promise<"time">((resolve) => {
      timer = setTimeout(resolve, limits.maxMs, "time");
    });
    if (alone && expected !== undefined && expected <= limits.maxBytes)
      return await known(body, { expected, holding, late });
    return await unknown(body, limits.maxBytes, { holding, late });
  } finally {
    clearTimeout(timer);
    if (!body.locked) body.cancel().catch(() => undefined);
  }
}

/** Too late means without any bytes: the reading is the runtime's, it ends with the body or with the request's context. */
async function known(
  body: Body,
  { expected, holding, late }: { readonly expected: number; readonly holding: Holding; readonly late: Late },
): Promise<Captured> {
  if (!holding.take(expected)) return { bytes: NO_BYTES, end: "memory" };
  const whole = new Response(body).arrayBuffer().then(complete, broken);
  const captured = await Promise.race([whole, late]);
  return captured === "time" ? { bytes: NO_BYTES, end: "time" } : captured;
}

function complete(buffer: ArrayBuffer): Captured {
  return { bytes: new Uint8Array(buffer), end: "complete" };
}

function broken(error: unknown): Captured & { readonly end: "error" } {
  return { bytes: NO_BYTES, end: "error", error };
}

/** Stops as soon as there is one byte more than may be kept. Each read takes what is there. */
async function unknown(
  body: Body,
  maxBytes: number,
  { holding, late }: { readonly holding: Holding; readonly late: Late },
): Promise<Captured> {
  const reader = body.getReader({ mode: "byob" });
  const chunks: Uint8Array[] = [];
  let kept = 0;
  let end: Captured["end"] | undefined;
  try {
    while (end === undefined) {
      const wanted = Math.min(READ_BYTES, maxBytes + 1 - kept);
      const read = await Promise.race([reader.read(new Uint8Array(wanted)).then(chunk, broken), late]);
      if (read !== "time" && !(read instanceof Uint8Array)) return read;
      const bytes = read === "time" ? NO_BYTES : read.subarray(0, maxBytes - kept);
      kept += bytes.byteLength;
      chunks.push(bytes);
      end = holding.take(bytes.byteLength) ? endOf(read, bytes.byteLength) : "memory";
    }
    return { bytes: joined(chunks, kept), end };
  } finally {
    if (end !== "complete") reader.cancel().catch(() => undefined);
  }
}

function chunk({ value }: ReadableStreamReadResult<Uint8Array>): Uint8Array {
  return value ?? NO_BYTES;
}

function endOf(read: Uint8Array | "time", kept: number): Captured["end"] | undefined {
  if (read === "time") return "time";
  if (read.byteLength > kept) return "size";
  return read.byteLength === 0 ? "complete" : undefined;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(size);
  let at = 0;
  for (const one of chunks) {
    all.set(one, at);
    at += one.byteLength;
  }
  return all;
}
