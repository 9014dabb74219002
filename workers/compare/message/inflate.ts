/**
 * Gunzip with a limit. A few kilobytes can inflate to gigabytes; an isolate has 128 MB for everything.
 */
import type { Result } from "../../../core/pair/result.ts";

/**
 * The largest message after gunzip. Five sides of 256 KB and a request of 64 KB come to 1.4 MB;
 * JSON writes a control character in six bytes, so no honest message is larger than this.
 */
export const MAX_INFLATED_BYTES = 9 * 1024 * 1024;

export async function inflate(bytes: Uint8Array): Promise<Result<string, "too-large" | "not-gzip">> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    // `bytes` is written whole before it is read: it is small, its inflated form is not.
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const reader = stream.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      size += chunk.value.byteLength;
      if (size > MAX_INFLATED_BYTES) {
        await reader.cancel();
        return { ok: false, reason: "too-large" };
      }
      text += decoder.decode(chunk.value, { stream: true });
    }
  } catch (error) {
    return { ok: false, reason: "not-gzip", detail: String(error) };
  }
  return { ok: true, value: text + decoder.decode() };
}

/** The same bytes as the tee would write for a text. */
export async function deflate(text: string): Promise<ArrayBuffer> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}
