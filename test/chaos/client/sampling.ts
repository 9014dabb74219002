/**
 * Which requests the tee has to sample, worked out a second time from docs/sampling.md and not from the tee's code, so that `sampled`
 * in the ledger is checked against something. Pure.
 */

/** The first requests of a route in a deployment and isolate are sampled whatever the rate, unless it is 0. */
export const ALWAYS_TAKEN = 20;

const HOUR_MS = 3_600_000;

export interface Draw {
  readonly deploymentId: string;
  readonly rate: number;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Whether a client is in for this hour. */
export function isDrawn(client: string, { deploymentId, rate, now }: Draw): boolean {
  return place(`${deploymentId} ${Math.floor(now / HOUR_MS)} ${client}`) < rate;
}

/** FNV-1a, 32 bit (http://www.isthe.com/chongo/tech/comp/fnv/), finished by MurmurHash3's mix, as a number from 0 up to 1. */
function place(text: string): number {
  let hash = 2_166_136_261n;
  for (const character of Buffer.from(text, "latin1")) hash = ((hash ^ BigInt(character)) * 16_777_619n) & 0xffff_ffffn;
  for (const [shift, factor] of [
    [16n, 0x85eb_ca6bn],
    [13n, 0xc2b2_ae35n],
  ] as const)
    hash = ((hash ^ (hash >> shift)) * factor) & 0xffff_ffffn;
  return Number(hash ^ (hash >> 16n)) / 2 ** 32;
}
