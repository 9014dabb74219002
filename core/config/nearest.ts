/** The known name that somebody who wrote another one most likely meant. */

/** Edits between two names that still look like a slip of the hand, per character of the longer one. */
const MAX_EDITS_SHARE = 0.4;

/** Names longer than this are no slip of the hand; keeps the table below small. */
const MAX_NAME_CHARS = 60;

/** `routs` of `routes`, `rules`: `routes`. Null where nothing is near. Case, `-` and `_` do not count. */
export function nearest(name: string, known: readonly string[]): string | null {
  const plain = plainOf(name);
  if (plain.length > MAX_NAME_CHARS) return null;
  const ranked = known.map((other) => ({ other, edits: editsBetween(plain, plainOf(other)) }));
  const [best] = ranked.toSorted((a, b) => a.edits - b.edits);
  if (best === undefined) return null;
  return best.edits <= Math.max(plain.length, best.other.length) * MAX_EDITS_SHARE ? best.other : null;
}

function plainOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, "");
}

/** Levenshtein's distance, row by row. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
