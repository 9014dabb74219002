/**
 * Finds any of many thousand texts in a lot of bytes, in one pass: eight bytes out of the middle of each text are looked up at
 * every position, and only where they stand the whole text is compared.
 */

/** Shorter texts cannot be looked for. */
const WINDOW_BYTES = 8;

/** So many bits that one position in a hundred needs a closer look at most, with 100,000 texts. */
const BITS = 1 << 24;

interface Sought {
  readonly bytes: Buffer;
  /** Where in it the window stands. */
  readonly at: number;
}

/** The texts that stand somewhere in the bytes. */
export type Search = (bytes: Buffer) => ReadonlySet<string>;

export function searchFor(texts: Iterable<string>): Search {
  const marks = new Uint8Array(BITS / 8);
  const byWindow = new Map<string, Sought[]>();
  for (const text of new Set(texts)) {
    const bytes = Buffer.from(text);
    if (bytes.length < WINDOW_BYTES) throw new Error(`too short to be looked for: ${text}`);
    const at = Math.floor((bytes.length - WINDOW_BYTES) / 2);
    const bit = hashOf(bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4));
    marks[bit >> 3] = (marks[bit >> 3] ?? 0) | (1 << (bit & 7));
    const window = bytes.toString("latin1", at, at + WINDOW_BYTES);
    const same = byWindow.get(window);
    if (same === undefined) byWindow.set(window, [{ bytes, at }]);
    else same.push({ bytes, at });
  }
  return (haystack) => pass(haystack, marks, byWindow);
}

function pass(haystack: Buffer, marks: Uint8Array, byWindow: ReadonlyMap<string, readonly Sought[]>): Set<string> {
  const found = new Set<string>();
  if (haystack.length < WINDOW_BYTES) return found;
  let high = haystack.readUInt32BE(0);
  let low = haystack.readUInt32BE(4);
  for (let start = 0; ; start += 1) {
    const bit = hashOf(high, low);
    if (((marks[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0) {
      const window = haystack.toString("latin1", start, start + WINDOW_BYTES);
      const standing = byWindow.get(window)?.filter(({ bytes, at }) => stands(bytes, haystack, start - at)) ?? [];
      for (const { bytes } of standing) found.add(bytes.toString());
    }
    const next = haystack[start + WINDOW_BYTES];
    if (next === undefined) return found;
    high = (high << 8) | (low >>> 24);
    low = (low << 8) | next;
  }
}

function stands(text: Buffer, haystack: Buffer, start: number): boolean {
  if (start < 0 || start + text.length > haystack.length) return false;
  return text.compare(haystack, start, start + text.length) === 0;
}

function hashOf(high: number, low: number): number {
  const mixed = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & (BITS - 1);
}
