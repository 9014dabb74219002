/**
 * Makes values of a JSON text, without recursion: ten thousand levels are as good as one. The comparison itself works on
 * tokens and needs no values.
 */
import {
  isContainer,
  isObject,
  isString,
  itemsOf,
  type JsonDocument,
  ROOT_NODE,
  stringOf,
  textOf,
} from "./document.ts";
import { membersOf } from "./members.ts";
import { readJson } from "./read.ts";
import type { Json } from "./value.ts";

export type ParsedJson =
  | { readonly ok: true; readonly value: Json }
  /** `at` is the character at which it stopped being JSON. */
  | { readonly ok: false; readonly at: number };

/** `cut: true` takes a text that ends in the middle, and gives what stands before. */
export function parseJson(text: string, cut = false): ParsedJson {
  const read = readJson(text, { cut });
  return read.ok ? { ok: true, value: valueOf(read.document) } : read;
}

/** From the last token to the first, so that a container finds its content made. */
function valueOf(document: JsonDocument): Json {
  const values = new Map<number, Json>();
  for (const node of containersOf(document)) {
    const made = (inner: number): Json => values.get(inner) ?? scalarOf(document, inner);
    if (!isObject(document, node)) {
      values.set(node, { type: "list", items: itemsOf(document, node).map(made) });
      continue;
    }
    const { names, values: nodes } = membersOf(document, node);
    const members = names.map((name, at) => [document.keys.names[name] ?? "", made(nodes[at] ?? 0)] as const);
    values.set(node, { type: "object", members: new Map(members) });
  }
  return values.get(ROOT_NODE) ?? scalarOf(document, ROOT_NODE);
}

function containersOf(document: JsonDocument): readonly number[] {
  const found: number[] = [];
  for (let node = document.size - 1; node >= 0; node--) if (isContainer(document, node)) found.push(node);
  return found;
}

function scalarOf(document: JsonDocument, node: number): Json {
  if (isString(document, node)) return stringOf(document, node);
  const text = textOf(document, node);
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  return { type: "number", text };
}
