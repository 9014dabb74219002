/** Made-up series of a p95: a level with noise, from a seed, so that a failure can be looked at again. */

export type Random = () => number;

/** Numbers from 0 to 1: a linear congruential generator with the constants of Numerical Recipes, other than the one under test. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Normally distributed around 0 with deviation 1: Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `levels[n]` times a noise of that share. */
export function noisy(levels: readonly number[], share: number, random: Random): readonly number[] {
  return levels.map((value) => Math.max(0.1, value * (1 + share * normal(random))));
}

/** Noise with a long tail, as a busy machine makes it: now and then a run takes half as long again. */
export function spiky(levels: readonly number[], share: number, random: Random): readonly number[] {
  return noisy(levels, share, random).map((value) => (random() < 0.1 ? value * 1.5 : value));
}

export function level(value: number, runs: number): readonly number[] {
  return Array.from({ length: runs }, () => value);
}
