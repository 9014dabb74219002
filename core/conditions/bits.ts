/** Sets of small numbers as bits, so that thousands of predicates can be counted over thousands of pairs in milliseconds. */

export type Bits = Uint32Array;

/** Numbers from 0 to below `size`. */
export function bitsOf(size: number, members: Iterable<number>): Bits {
  const bits = new Uint32Array(Math.ceil(size / 32));
  for (const n of members) bits[n >>> 5] = (bits[n >>> 5] ?? 0) | (1 << (n & 31));
  return bits;
}

export function both(one: Bits, other: Bits): Bits {
  return one.map((word, n) => word & (other[n] ?? 0));
}

/** Of `all`, those that are not in `bits`. */
export function without(all: Bits, bits: Bits): Bits {
  return all.map((word, n) => word & ~(bits[n] ?? 0));
}

export function countOf(bits: Bits): number {
  let count = 0;
  for (const word of bits) count += ones(word);
  return count;
}

/** As `countOf(both(one, other))`, without making a set. */
export function countBoth(one: Bits, other: Bits): number {
  let count = 0;
  for (let n = 0; n < one.length; n++) count += ones((one[n] ?? 0) & (other[n] ?? 0));
  return count;
}

/** Set bits of a word of 32 (H. S. Warren, Hacker's Delight, 5-1). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
