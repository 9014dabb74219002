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

/** Those that fit, in the order given. */
export function seated<S extends Seat>(seats: readonly S[]): readonly S[] {
  if (seats.reduce((sum, { cost }) => sum + cost, 0) <= MAX_FAN_OUT) return seats;
  let room = MAX_FAN_OUT;
  const chosen = new Set<S>();
  for (const seat of seats.toSorted((a, b) => a.servedAt - b.servedAt)) {
    if (seat.cost > room) continue;
    room -= seat.cost;
    chosen.add(seat);
  }
  return seats.filter((seat) => chosen.has(seat));
}
