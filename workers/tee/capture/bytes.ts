/**
 * Reads a body eagerly, up to a cap, and cancels it there. Eagerly, because a branch of a split body that is read slowly
 * buffers everything or holds the other branch back; bounded in time, because it goes on when the client has left.
 *
 * An answer of known length that is all ours is read by the runtime itself: for 50 KB that costs a quarter of a loop over its
 * 4 KB chunks. Never so a branch of a body that production or the client reads too: both branches wait for the read that
 * asks for the most, so whoever asks for more than one byte holds the other back until so many have come.
 */
import type { Holding } from "./memory.ts";

export interface Limits {
  readonly maxBytes: number;
  /** How long may be read, milliseconds; undefined where the sender of the request ends it. */
  readonly maxMs: number | undefined;
  /** The body's length in bytes where the sender announced it and nothing has to be decoded. */
  readonly expected: number | undefined;
}

export interface Captured {
  readonly bytes: Uint8Array;
  /** How it ended: at the end of the body, at a limit of ours, with the isolate full, or with an error of the sender. */
  readonly end: "complete" | "size" | "time" | "memory" | "error";
  readonly error?: unknown;
}

/** How much one read takes at most of a body whose length is not known, bytes. Larger buffers cost more than they save. */
const READ_BYTES = 16 * 1024;

const NO_BYTES = new Uint8Array();

type Body = ReadableStream<Uint8Array>;
type Late = Promise<"time">;

/** Rejects only for faults of ours: an error of the sender is an ending. Whatever is left unread is cancelled. */
export async function captureBytes(body: Body, { maxMs, ...limits }: Limits, holding: Holding): Promise<Captured> {
  try {
    return await inPieces(body, { ...limits, holding, late: lateAfter(maxMs) });
  } finally {
    if (!body.locked) body.cancel().catch(() => undefined);
  }
}

/**
 * All of an answer that nobody else reads, of at most `expected` bytes as its sender announced. The time is limited by the
 * request's signal. Rejects only for faults of ours.
 */
export async function captureWhole(
  answer: Pick<Response, "arrayBuffer">,
  expected: number,
  holding: Holding,
): Promise<Captured> {
  if (!holding.take(expected)) return { bytes: NO_BYTES, end: "memory" };
  return answer.arrayBuffer().then(complete, broken);
}

/** Not a timer that is cleared: those go through a layer of the Node compatibility, and cost more than one that runs out. */
async function lateAfter(maxMs: number | undefined): Promise<"time"> {
  await (maxMs === undefined ? new Promise<never>(() => undefined) : scheduler.wait(maxMs));
  return "time";
}

function complete(buffer: ArrayBuffer): Captured {
  return { bytes: new Uint8Array(buffer), end: "complete" };
}

function broken(error: unknown): Captured & { readonly end: "error" } {
  return { bytes: NO_BYTES, end: "error", error };
}

interface Pieces {
  readonly maxBytes: number;
  readonly expected: number | undefined;
  readonly holding: Holding;
  readonly late: Late;
}

/** Stops as soon as there is one byte more than may be kept, or all that was announced. Each read takes what is there. */
async function inPieces(body: Body, { maxBytes, expected = Infinity, holding, late }: Pieces): Promise<Captured> {
  const reader = body.getReader({ mode: "byob" });
  const chunks: Uint8Array[] = [];
  let kept = 0;
  let end: Captured["end"] | undefined = expected === 0 ? "complete" : undefined;
  try {
    while (end === undefined) {
      const wanted = expected <= maxBytes ? expected - kept : Math.min(READ_BYTES, maxBytes + 1 - kept);
      const read = await Promise.race([reader.read(new Uint8Array(wanted)).then(chunk, broken), late]);
      if (read !== "time" && !(read instanceof Uint8Array)) return read;
      const bytes = read === "time" ? NO_BYTES : read.subarray(0, maxBytes - kept);
      kept += bytes.byteLength;
      chunks.push(bytes);
      end = kept === expected ? "complete" : endOf(read, bytes.byteLength);
      if (!holding.take(bytes.byteLength)) end = "memory";
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
