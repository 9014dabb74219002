/** Whose requests of a recording are meant: a browser's recording holds those to every host its pages load from. */

/** `asked` by name, else those to production's own host, else those to the host with most requests. Null takes all. */
export function hostsToTake(
  recorded: ReadonlyMap<string, number>,
  prod: string,
  asked: readonly string[],
): ReadonlySet<string> | null {
  if (asked.length > 0) return new Set(asked);
  if (recorded.size <= 1) return null;
  if (recorded.has(prod)) return new Set([prod]);
  const [most] = [...recorded].toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return most === undefined ? null : new Set([most[0]]);
}
