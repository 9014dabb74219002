/** Gunzip with a limit. A few kilobytes can inflate to gigabytes; an isolate has 128 MB for everything. */
import type { Result } from "../../../core/pair/result.ts";
import { readAtMost } from "../read-at-most.ts";

/**
 * The largest message after gunzip. Five sides of 256 KB and a request of 64 KB come to 1.4 MB;
 * JSON writes a control character in six bytes, so no honest message is larger than this.
 */
export const MAX_INFLATED_BYTES = 9 * 1024 * 1024;

export async function inflate(bytes: Uint8Array): Promise<Result<string, "too-large" | "not-gzip">> {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const text = await readAtMost(stream, MAX_INFLATED_BYTES);
    return text === null ? { ok: false, reason: "too-large" } : { ok: true, value: text };
  } catch (error) {
    return { ok: false, reason: "not-gzip", detail: String(error) };
  }
}

/** The form of all objects in the bucket. */
export async function deflate(text: string): Promise<ArrayBuffer> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}
