/** The start of an answer's body: decoded from its content encoding, capped, and as text or base64 in the form of a pair. */
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { bodyFormOf } from "../../core/pair/body-form.ts";
import type { BodyEncoding } from "../../core/pair/pair.ts";
import { readUpTo } from "../http/send.ts";

/** How much of an answer is kept, a side: as much as the tee keeps. */
export const MAX_ANSWER_BYTES = 256 * 1024;

/** What was read. `truncated`: there was more. */
export interface Captured {
  readonly bytes: Buffer;
  readonly truncated: boolean;
}

/** Ends what cut streams leave open instead of calling it an error: an empty body is not a broken archive. */
const GZIP = { finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH };
const ZSTD = { finishFlush: constants.ZSTD_e_flush };

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: () => createGunzip(GZIP),
  "x-gzip": () => createGunzip(GZIP),
  deflate: () => createInflate(GZIP),
  br: () => createBrotliDecompress(BROTLI),
  zstd: () => createZstdDecompress(ZSTD),
};

/** Rejects when the body breaks off. The rest of a body over the cap is not read: the connection is closed. */
export async function capture(answer: IncomingMessage): Promise<Captured> {
  const chunks: Buffer[] = [];
  const isWhole = await readUpTo(decodedStream(answer), MAX_ANSWER_BYTES, (bytes) => chunks.push(bytes));
  if (!isWhole) answer.destroy();
  return { bytes: Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES), truncated: !isWhole };
}

/** An encoding nobody knows is left as it is: then the bytes are compared. */
function decodedStream(answer: IncomingMessage): Readable | NodeJS.ReadWriteStream {
  const encoding = (answer.headers["content-encoding"] ?? "").trim().toLowerCase();
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]?.() : undefined;
  if (decoder === undefined) return answer;
  answer.on("error", (error) => decoder.emit("error", error));
  return answer.pipe(decoder);
}

/** See `core/pair/body-form.ts` for what is text. */
export function asText(
  bytes: Uint8Array,
  type: string,
): { readonly body: string; readonly bodyEncoding?: BodyEncoding } {
  const form = bodyFormOf(type);
  if (form.form === "text") return { body: textIn(bytes, form.charset) };
  if (form.form === "unknown") {
    try {
      // `stream`: a character cut at the cap does not count against the text.
      return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true }) };
    } catch {
      // No text.
    }
  }
  return { body: Buffer.from(bytes).toString("base64"), bodyEncoding: "base64" };
}

function textIn(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }
}
