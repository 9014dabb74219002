/**
 * Which targets get a place among the few requests of ours. Shadow and base of one pull request go together: apart they
 * would see different moments. Who waited longest comes first, so that every target gets its turn whatever the others cost.
 */

/** Requests of ours per request of a client: 6 connections are all there are, and production's body and the sync hold two. */
export const MAX_FAN_OUT = 3;

export interface Seat {
  /** Requests of ours: the shadow's, and the base stack's where there is one. */
  readonly cost: number;
  /** A running number; the lowest waited longest. */
  readonly servedAt: number;
}

/** Those that fit, who waited longest first. Numbers given in this order keep the turns fair. */
export function seated<S extends Seat>(seats: readonly S[]): readonly S[] {
  let room = MAX_FAN_OUT;
  return seats
    .toSorted((one, other) => one.servedAt - other.servedAt)
    .filter(({ cost }) => {
      if (cost > room) return false;
      room -= cost;
      return true;
    });
}
