/**
 * A stable 53-bit hash of text, for equality of subtrees and for signatures. Not for secrets: it is not cryptographic.
 * Two multiply-and-shift lanes of 32 bits each (the public-domain cyrb53 construction).
 */
export function hashText(text: string, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  return joined(high, low);
}

/** Mixes two hashes into one; the order of the two matters. */
export function mixHashes(first: number, second: number): number {
  const high = Math.imul(Math.imul(first | 0, 2654435761) ^ (second | 0), 2246822507);
  const low = Math.imul(Math.imul((first / 4096) | 0, 1597334677) ^ ((second / 4096) | 0), 3266489909);
  return joined(high, low);
}

function joined(high: number, low: number): number {
  const a = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const b = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
