/** Random numbers that come again with the same seed (mulberry32). */
export interface Chance {
  /** From 0 up to and without 1. */
  readonly next: () => number;
  readonly below: (most: number) => number;
  readonly happens: (share: number) => boolean;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (most) => Math.floor(next() * most), happens: (share) => next() < share };
}
