/**
 * Reads XML into elements, with a stack of its own: the parser of htmlparser2 costs the square of the depth, its tokenizer
 * does not. Namespaces are resolved, so that another prefix for the same namespace is the same name. Null: not well-formed.
 */
import { Tokenizer } from "htmlparser2";
import type { Text } from "./sides.ts";

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, white space as one space. */
  readonly text: string;
  /** The text ended before the element did. */
  readonly open: boolean;
}

/** Prefixes by namespace, shared by the two sides: the reference's prefixes name both. */
export interface Prefixes {
  readonly byNamespace: Map<string, string>;
  readonly taken: Set<string>;
}

export function newPrefixes(): Prefixes {
  return { byNamespace: new Map(), taken: new Set() };
}

interface Frame {
  readonly tag: string;
  readonly written: [string, string][];
  readonly children: XmlElement[];
  readonly texts: string[];
  /** Prefixes that it declares. */
  declared: readonly string[];
}

interface Reader {
  readonly stack: Frame[];
  readonly prefixes: Prefixes;
  /** By prefix the namespaces that the open elements declare for it, the innermost last. */
  readonly scope: Map<string, string[]>;
  root: XmlElement | null;
  broken: boolean;
}

/** Declared in every document. Namespaces in XML, 3. */
const XML_NAMESPACE = ["xml", ["http://www.w3.org/XML/1998/namespace"]] as const;

const NONE: readonly string[] = [];
const NO_ATTRIBUTES: XmlElement["attributes"] = new Map();

export function readXml(side: Text, prefixes: Prefixes): XmlElement | null {
  const [prefix, namespaces] = XML_NAMESPACE;
  const reader: Reader = {
    stack: [],
    prefixes,
    scope: new Map([[prefix, [...namespaces]]]),
    root: null,
    broken: false,
  };
  tokenize(side.text.replace(/^\uFEFF?\s*/, ""), reader);
  if (reader.broken || (reader.stack.length > 0 && !side.cut)) return null;
  while (reader.stack.length > 0) close(reader, true);
  return reader.root;
}

function tokenize(text: string, reader: Reader): void {
  let attribute = "";
  let value: string[] = [];
  const add = (piece: string): void => {
    const frame = reader.stack.at(-1);
    if (frame !== undefined) frame.texts.push(piece);
    else if (piece.trim() !== "") reader.broken = true;
  };
  const nothing = (): void => {};
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: true },
    {
      onopentagname: (from, to) => open(reader, text.slice(from, to)),
      onattribname: (from, to) => {
        attribute = text.slice(from, to);
        value = [];
      },
      onattribdata: (from, to) => void value.push(text.slice(from, to)),
      onattribentity: (code) => void value.push(String.fromCodePoint(code)),
      onattribend: () => void reader.stack.at(-1)?.written.push([attribute, value.join("")]),
      onopentagend: () => declare(reader),
      onselfclosingtag: () => {
        declare(reader);
        close(reader, false);
      },
      onclosetag: (from, to) => {
        if (reader.stack.at(-1)?.tag === text.slice(from, to)) close(reader, false);
        else reader.broken = true;
      },
      ontext: (from, to) => add(text.slice(from, to)),
      ontextentity: (code) => add(String.fromCodePoint(code)),
      oncdata: (from, to, ends) => add(text.slice(from, to - ends)),
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
}

function open(reader: Reader, tag: string): void {
  // A second root.
  if (reader.root !== null) reader.broken = true;
  reader.stack.push({ tag, written: [], children: [], texts: [], declared: NONE });
}

/** Takes the namespaces that an element declares, once its attributes are known. */
function declare(reader: Reader): void {
  const frame = reader.stack.at(-1);
  if (frame === undefined || !frame.written.some(([name]) => isDeclaration(name))) return;
  const declared: string[] = [];
  for (const [name, uri] of frame.written) {
    if (!isDeclaration(name)) continue;
    const prefix = name === "xmlns" ? "" : name.slice("xmlns:".length);
    const outer = reader.scope.get(prefix);
    if (outer === undefined) reader.scope.set(prefix, [uri]);
    else outer.push(uri);
    declared.push(prefix);
  }
  frame.declared = declared;
}

function isDeclaration(name: string): boolean {
  return name === "xmlns" || name.startsWith("xmlns:");
}

function close(reader: Reader, isOpen: boolean): void {
  const frame = reader.stack.pop();
  if (frame === undefined) return;
  const element: XmlElement = {
    name: resolved(reader, frame.tag),
    attributes: attributesOf(reader, frame),
    children: frame.children,
    text: textOf(frame),
    open: isOpen,
  };
  for (const prefix of frame.declared) reader.scope.get(prefix)?.pop();
  const outer = reader.stack.at(-1);
  if (outer === undefined) reader.root = element;
  else outer.children.push(element);
}

/** Attributes without prefix belong to no namespace. Namespaces in XML, 6.2. */
function attributesOf(reader: Reader, { written, declared }: Frame): XmlElement["attributes"] {
  if (written.length === declared.length) return NO_ATTRIBUTES;
  const attributes = new Map<string, string>();
  for (const [name, value] of written)
    if (!isDeclaration(name)) attributes.set(name.includes(":") ? resolved(reader, name) : name, value);
  return attributes;
}

function textOf({ texts }: Frame): string {
  const text = texts.length === 1 ? (texts[0] ?? "") : texts.join("");
  return /\s/.test(text) ? text.replaceAll(/\s+/g, " ").trim() : text;
}

/** The name with the prefix that stands for its namespace on both sides. */
function resolved({ scope, prefixes }: Reader, name: string): string {
  const colon = name.indexOf(":");
  const prefix = colon === -1 ? "" : name.slice(0, colon);
  const namespace = scope.get(prefix)?.at(-1);
  if (namespace === undefined) return name;
  const local = colon === -1 ? name : name.slice(colon + 1);
  const known = prefixes.byNamespace.get(namespace) ?? taken(prefixes, namespace, prefix);
  return known === "" ? local : `${known}:${local}`;
}

/** Another namespace under a prefix that stands for one already is written out. */
function taken({ byNamespace, taken: known }: Prefixes, namespace: string, prefix: string): string {
  const chosen = known.has(prefix) ? `{${namespace}}` : prefix;
  byNamespace.set(namespace, chosen);
  known.add(chosen);
  return chosen;
}
