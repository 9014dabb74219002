/** What the client keeps of answers: bounded by weight, and the longest unused goes first. Nothing in it is needed; a restart loses it. */

export interface Memory<V> {
  /** Undefined: not kept, or no more. */
  readonly get: (key: string) => V | undefined;
  /** What weighs more than all that may be kept is not kept. */
  readonly set: (key: string, value: V, weight: number) => void;
  readonly delete: (key: string) => void;
}

export function createMemory<V>(mostWeight: number): Memory<V> {
  // A map keeps the order of insertion: whatever is used is put in again, so the first is the longest unused.
  const kept = new Map<string, { readonly value: V; readonly weight: number }>();
  let total = 0;

  function drop(key: string): void {
    total -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  }

  return {
    get: (key) => {
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      kept.delete(key);
      kept.set(key, entry);
      return entry.value;
    },
    set: (key, value, weight) => {
      drop(key);
      if (weight > mostWeight) return;
      kept.set(key, { value, weight });
      total += weight;
      for (const oldest of kept.keys()) {
        if (total <= mostWeight) return;
        drop(oldest);
      }
    },
    delete: drop,
  };
}
