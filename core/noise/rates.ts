/**
 * How often the shadow differs against how often two answers of the same code do: the field's rule for noise. Rates of few
 * pairs are uncertain, so they are compared within what chance explains.
 */

/** A share of `of` pairs. */
export interface Rate {
  readonly count: number;
  readonly of: number;
}

/**
 * The raw rate may exceed the noise rate by so many standard errors of a difference of two shares, and be chance
 * (95 % of the time for 2); or by so little that nobody would care.
 */
const STANDARD_ERRORS = 2;
const ABSOLUTE_MARGIN = 0.02;

/** And by a fifth of itself: what moves in half of the pairs may move in six of ten. */
const RELATIVE_MARGIN = 0.2;

/** Below so many second answers a rate is a guess, and its reason says so. */
export const FEW_SECOND_ANSWERS = 10;

/** The shadow differs more often than the reference's own code does. */
export function exceedsNoise(raw: Rate, noise: Rate): boolean {
  const [left, right] = [shareOf(raw), shareOf(noise)];
  const chance = STANDARD_ERRORS * standardError([left, raw.of], [right, noise.of]);
  return left - right > Math.max(ABSOLUTE_MARGIN, right * RELATIVE_MARGIN, chance);
}

export function shareOf({ count, of }: Rate): number {
  return of <= 0 ? 0 : Math.min(1, count / of);
}

/** `3 of 8 second answers, which are few`. */
export function fewWords(of: number): string {
  return of < FEW_SECOND_ANSWERS ? ", which is few" : "";
}

/** Of the difference of two shares, pooled. */
function standardError([a, n]: readonly [number, number], [b, m]: readonly [number, number]): number {
  if (n <= 0 || m <= 0) return 1;
  const pooled = (a * n + b * m) / (n + m);
  return Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
}
