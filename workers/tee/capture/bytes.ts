/**
 * Reads a copy of a body eagerly, up to a cap, and cancels it there. Eagerly, because a branch of `tee()` that is read
 * slowly buffers everything or holds the other branch back; bounded in time, because it goes on when the client has left.
 */
import type { Holding } from "./memory.ts";

export interface Limits {
  readonly maxBytes: number;
  readonly maxMs: number;
}

export interface Captured {
  readonly bytes: Uint8Array;
  /** How it ended: at the end of the body, at a limit of ours, with the isolate full, or with an error of the sender. */
  readonly end: "complete" | "size" | "time" | "memory" | "error";
  readonly error?: unknown;
}

type Ending = Pick<Captured, "end" | "error">;

export async function captureBytes(
  body: ReadableStream<Uint8Array>,
  { maxBytes, maxMs }: Limits,
  holding: Holding,
): Promise<Captured> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  const deadline = Date.now() + maxMs;
  let room = maxBytes;
  let ending: Ending | undefined;
  while (ending === undefined) {
    const read = await nextChunk(reader, deadline);
    if (!(read instanceof Uint8Array)) {
      ending = read;
      continue;
    }
    const chunk = read.subarray(0, room);
    room -= chunk.byteLength;
    chunks.push(chunk);
    if (!holding.take(chunk.byteLength)) ending = { end: "memory" };
    else if (read.byteLength > chunk.byteLength) ending = { end: "size" };
  }
  if (ending.end !== "complete") reader.cancel().catch(() => undefined);
  return { bytes: joined(chunks, maxBytes - room), ...ending };
}

async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  deadline: number,
): Promise<Uint8Array | Ending> {
  let timer: number | null = null;
  const timeout = new Promise<"time">((resolve) => {
    timer = setTimeout(() => resolve("time"), Math.max(0, deadline - Date.now()));
  });
  try {
    const read = await Promise.race([reader.read(), timeout]);
    if (read === "time") return { end: "time" };
    return read.done ? { end: "complete" } : read.value;
  } catch (error) {
    return { end: "error", error };
  } finally {
    clearTimeout(timer);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
