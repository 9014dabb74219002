/** Which members only some elements of a list have. Counted when first asked: mostly nobody asks. */
import { isObject, type JsonDocument, linkOf } from "../json/document.ts";

/** Whether some of the elements have a member of this name (its number) and others have not. */
export function optionalIn(document: JsonDocument, items: readonly number[]): (name: number) => boolean {
  let counts: ReadonlyMap<number, number> | null = null;
  let objects = 0;
  return (name) => {
    if (counts === null) {
      const found = items.filter((item) => isObject(document, item));
      objects = found.length;
      counts = countNames(document, found);
    }
    return (counts.get(name) ?? 0) < objects;
  };
}

function countNames(document: JsonDocument, objects: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const object of objects)
    for (let node = object + 1; node < linkOf(document, object); node = linkOf(document, node + 1)) {
      const name = linkOf(document, node);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  return counts;
}
