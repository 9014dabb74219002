/** Lines of a stream of bytes, one at a time: memory holds the longest line, not the file. */
import { TextDecoder } from "node:util";

/** A longer line is no recorded pair: both answers are captured up to 256 KB a side. In bytes. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

const NEWLINE = 0x0a;

export interface Line {
  /** The first line is 1. */
  readonly number: number;
  /** Without its line break; null when it is no UTF-8 or too long, and `problem` says which. */
  readonly text: string | null;
  readonly problem?: string;
}

/** Understands LF, CRLF, a byte order mark and a last line without line break. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  // Strips a byte order mark, refuses bytes that are no UTF-8.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      size += end - start;
      pending.push(chunk.subarray(start, end));
      yield decoded({ number: ++number, parts: pending, size }, decoder);
      pending = [];
      size = 0;
      start = end + 1;
    }
    size += chunk.length - start;
    // Of a line that is too long only its length is kept.
    if (size <= MAX_LINE_BYTES) pending.push(chunk.subarray(start));
    else pending = [];
  }
  if (size > 0) yield decoded({ number: ++number, parts: pending, size }, decoder);
}

interface RawLine {
  readonly number: number;
  readonly parts: readonly Uint8Array[];
  readonly size: number;
}

function decoded({ number, parts, size }: RawLine, decoder: TextDecoder): Line {
  if (size > MAX_LINE_BYTES) return { number, text: null, problem: `the line has more than ${MAX_LINE_BYTES} bytes` };
  const [only] = parts;
  const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  try {
    return { number, text: decoder.decode(bytes).replace(/\r$/, "") };
  } catch {
    return { number, text: null, problem: "the line is not valid UTF-8" };
  }
}
