/** The members of an object by number of their names; of a name that stands twice the last value counts. */
import { type JsonDocument, linkOf } from "./document.ts";
import type { KeyTable } from "./keys.ts";

export interface Members {
  /** Numbers of names, each once, in the order of the text. */
  readonly names: readonly number[];
  /** The nodes of their values. */
  readonly values: readonly number[];
  /** What stood more than once: name, the node of an earlier value, the node of the one that hides it. */
  readonly twice: readonly (readonly [number, number, number])[];
}

export function membersOf(document: JsonDocument, object: number): Members {
  const { keys } = document;
  const names: number[] = [];
  const values: number[] = [];
  const twice: (readonly [number, number, number])[] = [];
  const visit = newVisit(keys);
  const end = linkOf(document, object);
  for (let node = object + 1; node < end; node = linkOf(document, node + 1)) {
    const name = linkOf(document, node);
    if (keys.visits[name] === visit) {
      const slot = keys.slots[name] ?? 0;
      twice.push([name, values[slot] ?? 0, node + 1]);
      values[slot] = node + 1;
      continue;
    }
    keys.visits[name] = visit;
    keys.slots[name] = names.length;
    names.push(name);
    values.push(node + 1);
  }
  return { names, values, twice };
}

/** Marks names as met until the next visit begins. */
export function newVisit(keys: KeyTable): number {
  keys.visit += 1;
  return keys.visit;
}
