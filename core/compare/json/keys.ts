/**
 * The names of members as small numbers, one table for both texts of a comparison, so that two names are compared as numbers.
 * Names of a body repeat in the same order (the elements of a list), so each remembers the one that followed it last time.
 */

/** Mutable for speed: made for one comparison, never handed out of it. */
export interface KeyTable {
  readonly numbers: Map<string, number>;
  /** By number. */
  readonly names: string[];
  /** By number, with quotes as most texts write it; empty where it needs an escape. */
  readonly quoted: string[];
  /** By number: the number of the name that followed it last time; -1 for none yet. */
  readonly following: number[];
  /** By number: the visit in which the name was last met, and where. See `members.ts`. */
  readonly visits: number[];
  readonly slots: number[];
  /** By number: what `names.ts` says about it, as far as it was asked. */
  readonly ids: (boolean | undefined)[];
  visit: number;
}

export function newKeyTable(): KeyTable {
  return { numbers: new Map(), names: [], quoted: [], following: [], visits: [], slots: [], ids: [], visit: 0 };
}

export function keyNumber(keys: KeyTable, name: string): number {
  const known = keys.numbers.get(name);
  if (known !== undefined) return known;
  const number = keys.names.length;
  keys.numbers.set(name, number);
  keys.names.push(name);
  const quoted = `"${name}"`;
  keys.quoted.push(JSON.stringify(name) === quoted ? quoted : "");
  keys.following.push(-1);
  keys.visits.push(0);
  keys.slots.push(0);
  return number;
}
