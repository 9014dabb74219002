/** How often the loop looks, and how long it waits after a failure. Milliseconds. */

/** Webhooks get lost; after that long everything was read from GitHub again. */
export const FULL_PASS_MS = 5 * 60_000;
export const SWEEP_MS = 10 * 60_000;
/** A stack nobody needs is left alone for that long: whoever needs it may only just have begun. */
export const ORPHAN_AGE_MS = 2 * 60_000;

/** Pull requests that are worked on at once; each is mostly waiting for somebody's answer. */
export const PULLS_AT_ONCE = 4;

/** Stacks that run are asked whether they still do. Asks the driver only, not GitHub. */
export const READY_LOOK_MS = 30_000;
export const FAILED_LOOK_MS = 60_000;
export const PLACE_LOOK_MS = 30_000;
/** A status that GitHub did not take is tried again. */
export const STATUS_RETRY_MS = 30_000;

/** After a renewal that failed: the lease of 60 s (`core/wire/sync.ts`) leaves room for several. */
export const LEASE_RETRY_MS = 5_000;

interface Growth {
  readonly from: number;
  readonly to: number;
}

export const STARTING: Growth = { from: 1_000, to: 10_000 };
export const REMOVING: Growth = { from: 1_000, to: 5_000 };
export const IMAGE_WAIT: Growth = { from: 15_000, to: 60_000 };
const FAILURE: Growth = { from: 1_000, to: 60_000 };

/** The wait before look `n`, from 0: half as long again each time. */
export function growing({ from, to }: Growth, n: number): number {
  return Math.min(to, Math.round(from * 1.5 ** Math.min(n, 20)));
}

/** The wait after failure `n`, from 0: doubled each time, and spread so that many do not come back at the same moment. */
export function backOff(n: number, random: () => number): number {
  return Math.round(Math.min(FAILURE.to, FAILURE.from * 2 ** Math.min(n, 20)) * (0.5 + random() / 2));
}
