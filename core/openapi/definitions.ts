/** The parts of an OpenAPI file that its schemas refer to, found by pointer and named once. Only this file is read. */
import type { JsonSchema } from "../compare/settings.ts";
import { type Conversion, isNode, jsonSchemaOf, type Node } from "./json-schema.ts";

/** References followed to get from one to the part it means. */
const MAX_HOPS = 20;

export interface Definitions {
  readonly conversion: Conversion;
  /** Everything referred to so far, and what that refers to. */
  readonly all: () => Readonly<Record<string, JsonSchema>>;
  /** References that lead out of the file or nowhere. */
  readonly unresolved: ReadonlySet<string>;
}

export function definitionsOf(document: Node): Definitions {
  const names = new Map<string, string>();
  const schemas = new Map<string, JsonSchema>();
  const unresolved = new Set<string>();
  const waiting: (readonly [name: string, value: unknown])[] = [];
  const conversion: Conversion = {
    refer: (pointer) => {
      const known = names.get(pointer);
      if (known !== undefined) return `#/$defs/${known}`;
      const value = atPointer(document, pointer);
      if (value === undefined) {
        unresolved.add(pointer);
        return null;
      }
      const name = `${nameOf(pointer)}-${names.size}`;
      names.set(pointer, name);
      waiting.push([name, value]);
      return `#/$defs/${name}`;
    },
    hoist: (schema) => {
      if (typeof schema === "boolean" || "$ref" in schema) return schema;
      const name = `part-${schemas.size}`;
      schemas.set(name, schema);
      return { $ref: `#/$defs/${name}` };
    },
    count: 0,
  };
  const all = () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [name, value] = next;
      // Taken before it is converted: a part's own name depends on how many there are.
      schemas.set(name, true);
      schemas.set(name, jsonSchemaOf(value, conversion));
    }
    return Object.fromEntries(schemas);
  };
  return { conversion, all, unresolved };
}

/** Follows `$ref` of anything but schemas: path items and responses. */
export function resolved(document: Node, value: unknown): Node | null {
  let at = value;
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    if (!isNode(at)) return null;
    if (typeof at.$ref !== "string") return at;
    at = atPointer(document, at.$ref);
  }
  return null;
}

/** `#/components/schemas/User`; undefined for other files and for nothing. */
function atPointer(document: Node, pointer: string): unknown {
  if (!pointer.startsWith("#/")) return undefined;
  let at: unknown = document;
  for (const step of pointer.slice(2).split("/").map(unescaped)) {
    if (Array.isArray(at)) at = at[Number(step)];
    else if (isNode(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

function unescaped(step: string): string {
  const plain = step.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function nameOf(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf("/") + 1)
    .replaceAll(/[^\w.]/g, "_")
    .slice(0, 60);
}
