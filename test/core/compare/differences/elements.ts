/** Two lists of a comparison, as documents and the nodes of their elements. */
import type { Elements } from "../../../../core/compare/differences/identity.ts";
import { itemsOf, ROOT_NODE } from "../../../../core/compare/json/document.ts";
import { type KeyTable, newKeyTable } from "../../../../core/compare/json/keys.ts";
import { readJson } from "../../../../core/compare/json/read.ts";

export function twoLists(reference: readonly unknown[], shadow: readonly unknown[]): readonly [Elements, Elements] {
  const keys = newKeyTable();
  return [elementsOf(reference, keys), elementsOf(shadow, keys)];
}

function elementsOf(list: readonly unknown[], keys: KeyTable): Elements {
  const read = readJson(JSON.stringify(list), { keys });
  if (!read.ok) throw new Error("not JSON");
  return { document: read.document, items: itemsOf(read.document, ROOT_NODE) };
}
