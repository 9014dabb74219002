/** Ids of deliveries that came lately. Bounded: what is forgotten would only wake the loop once more. */

/** About a day of a busy organisation; 36 characters each. */
const MAX_IDS = 10_000;

/** Returns a function that says whether an id came before, and remembers it. */
export function seenIds(limit = MAX_IDS): (id: string) => boolean {
  const ids = new Set<string>();
  return (id) => {
    if (ids.has(id)) return true;
    ids.add(id);
    const [oldest] = ids;
    if (ids.size > limit && oldest !== undefined) ids.delete(oldest);
    return false;
  };
}
