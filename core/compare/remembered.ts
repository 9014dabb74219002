/**
 * A pure function of a short text that remembers what it said: rules ask about the same names for every difference. The memory
 * is bounded and starts anew when it is full; nothing depends on what is in it.
 */

/** Names of a few services' fields. */
const MAX_REMEMBERED = 1_000;

/** Longer texts are no names and would fill the memory. */
const MAX_CHARS = 1_100;

export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (known.size >= MAX_REMEMBERED) known.clear();
    if (text.length <= MAX_CHARS) known.set(text, made);
    return made;
  };
}
