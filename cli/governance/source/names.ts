/**
 * What the names of a file stand for once its imports are known. One table for a whole file: a parameter that has the name of an import is taken
 * for it, which at worst is a false alarm.
 */
export interface Meaning {
  /** Module as written. */
  readonly from: string;
  /** What of it: empty for all of it. */
  readonly path: readonly string[];
}

export type Names = Map<string, Meaning>;

/** Longer chains of names are nobody's code; the front says enough. */
const MAX_PARTS = 12;

/** A chain of names such as `client.messages.create`; its first part is empty where it hangs on an expression. */
export type Chain = readonly string[];

export interface Named {
  readonly callee: string;
  readonly imported: boolean;
}

/** The chain with its first name resolved. */
export function nameOf(chain: Chain, names: ReadonlyMap<string, Meaning>): Named {
  const [first = "", ...rest] = chain.slice(0, MAX_PARTS);
  const meaning = names.get(first);
  if (meaning === undefined) return { callee: [first, ...rest].join("."), imported: false };
  return { callee: [moduleName(meaning.from), ...meaning.path, ...rest].join("."), imported: true };
}

/** What a chain means as a whole, where it begins with an import. */
export function meaningOf(chain: Chain, names: ReadonlyMap<string, Meaning>): Meaning | null {
  const [first = "", ...rest] = chain.slice(0, MAX_PARTS);
  const meaning = names.get(first);
  return meaning === undefined ? null : { from: meaning.from, path: [...meaning.path, ...rest] };
}

function moduleName(from: string): string {
  return from.startsWith("node:") ? from.slice("node:".length) : from;
}
