/** Reads a stream as text, up to a limit. For bytes whose size somebody else decides. */

/** Null when there is more than `limit` bytes; the rest is not read. Throws what the stream throws. */
export async function readAtMost(stream: ReadableStream, limit: number): Promise<string | null> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = "";
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const bytes: unknown = chunk.value;
    if (!(bytes instanceof Uint8Array)) throw new TypeError("not a stream of bytes");
    size += bytes.byteLength;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
