/**
 * Keeps a bounded number of entries, those whose order sorts first. What stays is the same in whatever sequence entries come:
 * an entry that belongs to the first ones of all belongs to the first ones at every moment, so it is never put out.
 */

/** See `createKept`. */
export interface Kept<V> {
  readonly get: (key: string) => V | undefined;
  /** False when there was no room: more than `max` others sort before it. An entry's order may only become earlier. */
  readonly set: (key: string, order: string, value: V) => boolean;
  /** Whether a new entry of this order would be taken. */
  readonly fits: (order: string) => boolean;
  /** By order. */
  readonly values: () => readonly V[];
  /** How often an entry was refused or put out. */
  readonly leftOut: () => number;
}

/** At most `max` entries. */
export function createKept<V>(max: number): Kept<V> {
  const entries = new Map<string, { readonly order: string; readonly value: V }>();
  let last: { readonly key: string; readonly order: string } | null = null;
  let leftOut = 0;
  return {
    get: (key) => entries.get(key)?.value,
    fits: (order) => {
      if (entries.size < max) return true;
      last ??= lastOf(entries);
      return last !== null && order < last.order;
    },
    set: (key, order, value) => {
      const known = entries.get(key);
      if (known !== undefined && known.order === order && known.value === value) return true;
      if (entries.size >= max && !entries.has(key)) {
        last ??= lastOf(entries);
        leftOut++;
        if (last === null || order >= last.order) return false;
        entries.delete(last.key);
      }
      entries.set(key, { order, value });
      last = null;
      return true;
    },
    values: () => [...entries.values()].toSorted((a, b) => (a.order < b.order ? -1 : 1)).map(({ value }) => value),
    leftOut: () => leftOut,
  };
}

function lastOf(entries: ReadonlyMap<string, { readonly order: string }>) {
  let last: { readonly key: string; readonly order: string } | null = null;
  for (const [key, { order }] of entries) if (last === null || order > last.order) last = { key, order };
  return last;
}
