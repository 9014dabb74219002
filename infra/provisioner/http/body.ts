/** Reads a request's body up to a cap, and lets go of it there: nobody who is not GitHub may fill the memory. */

/**
 * GitHub sends up to 25 MB (https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap), and only pushes of thousands of
 * commits come near. We need a few ids of a payload, and the next full pass sees what an oversized one would have told.
 */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** What all bodies that are being read may take together. In bytes and not in bodies: a slow sender keeps nobody else out. */
export const MAX_HELD_BYTES = 64 * 1024 * 1024;

export type ReadBody =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: "body-too-large" | "body-too-slow" | "busy" };

/** Returns a reader; all its bodies share `maxHeld`. The length announced is held against the cap before the first byte is read. */
export function bodyReader(
  maxBytes = MAX_BODY_BYTES,
  maxHeld = MAX_HELD_BYTES,
): (request: Request) => Promise<ReadBody> {
  let held = 0;
  return async (request) => {
    if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return { ok: false, reason: "body-too-large" };
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = request.body?.getReader();
    if (reader === undefined) return { ok: true, bytes: new Uint8Array() };
    const chunks: Uint8Array[] = [];
    let length = 0;
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        length += part.value.byteLength;
        held += part.value.byteLength;
        if (length > maxBytes) return letGo(reader, "body-too-large");
        if (held > maxHeld) return letGo(reader, "busy");
        chunks.push(part.value);
      }
    } catch {
      return { ok: false, reason: "body-too-slow" };
    } finally {
      held -= length;
    }
    return { ok: true, bytes: Buffer.concat(chunks, length) };
  };
}

function letGo(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  reason: "body-too-large" | "busy",
): Extract<ReadBody, { ok: false }> {
  void reader.cancel().catch(() => undefined);
  return { ok: false, reason };
}
