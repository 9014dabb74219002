/**
 * The rate cap of one deployment over all isolates: how many requests an isolate may mirror until its next sync, and the
 * share it samples at. Pure: time comes in. A pool is the registry object's own memory of it and is changed in place.
 *
 * The cap holds by what is granted, not by what is reported: the grants of any window stay below 1.1 times the cap. In it
 * each isolate gets a part by its recent demand; who is new or was idle gets a little of what is free.
 */
import { SYNC_INTERVAL_MS, TABLE_MAX_AGE_MS } from "../../core/wire/sync.ts";

/**
 * The grants of a window stay below this multiple of the cap. The parts by demand add up to 1; the rest is for newcomers.
 * What is used stays within 1.2 times: an isolate may carry a little of an allowance over into the next window.
 */
export const MAX_OVERSHOOT = 1.1;

/**
 * Where the cap binds, so much more is sampled than the cap lets through: the isolates let their allowance go evenly, and
 * with exactly enough samples every gap in the traffic would leave some of it unused.
 */
const OVERSAMPLING = 1.5;

/** A newcomer gets a tenth of what is free, so that many newcomers at once all get some; one whose load is known gets a tenth beyond its part. */
const TENTH = 0.1;

/** How much a new measurement counts against the remembered demand. */
const SMOOTHING = 0.5;

/** A sync that comes a little early, by the network's jitter, ends the isolate's grant as one in time does. */
const EARLY_MS = 250;

/** Measured over less time than that, one request would look like a flood. */
const SHORTEST_MEASURE_MS = 1_000;

interface Grant {
  readonly amount: number;
  readonly issuedAt: number;
}

/** `perSecond` is null until the isolate has come a second time. `credit`: parts of requests it is still owed. */
interface Member {
  readonly perSecond: number | null;
  readonly seenAt: number;
  readonly credit: number;
  readonly grants: readonly Grant[];
}

/** By isolate. */
export type Pool = Map<string, Member>;

export interface Visit {
  readonly isolateId: string;
  readonly now: number;
  /** Requests per second over all isolates. */
  readonly maxRps: number;
  /** The share to sample where the cap does not bind, 0 to 1. */
  readonly rate: number;
  /** Requests the isolate has seen since its last sync, and how long that was; null at its first. */
  readonly seen: { readonly requests: number; readonly forMs: number } | null;
}

export interface Part {
  readonly probability: number;
  readonly allowance: number;
}

/** Where the object stood still for less than a table's age, others may hold grants that nobody remembers: all there can be. */
export function resumePool(maxRps: number, lastSyncAt: number): Pool {
  const lost = { amount: limitOf(maxRps), issuedAt: lastSyncAt };
  return new Map([["", { perSecond: null, seenAt: lastSyncAt, credit: 0, grants: [lost] }]]);
}

/** What one isolate may do until its next sync. */
export function takePart(pool: Pool, visit: Visit): Part {
  const { isolateId, now, maxRps } = visit;
  for (const [id, member] of pool) if (isGone(member, visit)) pool.delete(id);
  const known = endGrants(pool.get(isolateId), visit);
  const perSecond = demandOf(known, visit);
  pool.set(isolateId, { ...known, perSecond, seenAt: now });
  const demand = totalDemand(pool);
  const share = demand === 0 ? 0 : (maxRps * SYNC_INTERVAL_MS * (perSecond ?? 0)) / demand / 1_000;
  const credit = Math.min(known.credit + share, Math.max(2 * share, 1));
  const free = Math.max(0, limitOf(maxRps) - outstanding(pool, visit));
  const extra = perSecond === null ? TENTH * free : Math.max(TENTH * share, Math.min(1, TENTH * free));
  const amount = Math.floor(Math.min(free, credit + extra));
  const grants = amount > 0 ? [...known.grants, { amount, issuedAt: now }] : known.grants;
  pool.set(isolateId, { perSecond, seenAt: now, credit: Math.max(0, credit - amount), grants });
  return { probability: probabilityOf(visit, { demand, share, amount }), allowance: amount };
}

/** Requests per second over all isolates that came lately. A newcomer counts as an average one, or the first to be known took all. */
export function totalDemand(pool: Pool): number {
  let sum = 0;
  let known = 0;
  for (const { perSecond } of pool.values()) {
    if (perSecond === null) continue;
    sum += perSecond;
    known += 1;
  }
  return known === 0 ? 0 : (sum * pool.size) / known;
}

/** Five seconds, or for a cap below one request in five seconds, long enough for one. */
function windowMs(maxRps: number): number {
  return Math.max(SYNC_INTERVAL_MS, 1_000 / maxRps);
}

function limitOf(maxRps: number): number {
  return (MAX_OVERSHOOT * maxRps * windowMs(maxRps)) / 1_000;
}

/** An isolate is gone when its table has run out and no grant of it is within a window any more. */
function isGone({ seenAt, grants }: Member, { now, maxRps }: Visit): boolean {
  return now - seenAt > TABLE_MAX_AGE_MS && grants.every(({ issuedAt }) => now - issuedAt >= windowMs(maxRps));
}

/** With a sync what is left of the isolate's grant expires; what is within a window goes on counting, because it may be used. */
function endGrants(member: Member | undefined, { now, maxRps }: Visit): Member {
  // The first credit lets a newcomer have one request at least.
  if (member === undefined) return { perSecond: null, seenAt: now, credit: 1, grants: [] };
  const counting = member.grants.filter(({ issuedAt }) => now - issuedAt < windowMs(maxRps) - EARLY_MS);
  return { ...member, grants: counting };
}

function demandOf({ perSecond }: Member, { seen }: Visit): number | null {
  if (seen === null) return perSecond;
  const measured = (seen.requests * 1_000) / Math.max(seen.forMs, SHORTEST_MEASURE_MS);
  return perSecond === null ? measured : perSecond + SMOOTHING * (measured - perSecond);
}

/** Grants that may still be used, or were used within the window. */
function outstanding(pool: Pool, { now, maxRps }: Visit): number {
  let sum = 0;
  const counts = Math.max(windowMs(maxRps), TABLE_MAX_AGE_MS);
  for (const { grants } of pool.values())
    for (const { amount, issuedAt } of grants) if (now - issuedAt < counts) sum += amount;
  return sum;
}

/** The share an average isolate samples at: min(rate, a little more than cap / demand). */
export function averageShare({ maxRps, rate }: Pick<Visit, "maxRps" | "rate">, demand: number, turns = 1): number {
  return demand === 0 ? rate : Math.min(rate, OVERSAMPLING * (maxRps / demand) * turns);
}

/** Where parts are below one request, who has his turn samples as if for all the turns he waited. */
function probabilityOf(
  visit: Visit,
  { demand, share, amount }: { readonly demand: number; readonly share: number; readonly amount: number },
): number {
  const turns = share > 0 && share < 1 && amount > 0 ? amount / share : 1;
  return averageShare(visit, demand, turns);
}
