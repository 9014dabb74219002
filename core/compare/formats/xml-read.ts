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

/** Prefix by namespace, shared by the two sides: the reference's prefixes name both. */
export type Prefixes = Map<string, string>;

interface Frame {
  readonly tag: string;
  readonly written: [string, string][];
  readonly children: XmlElement[];
  readonly texts: string[];
  /** Namespace by prefix; an element without declarations has its parent's. */
  scope: ReadonlyMap<string, string>;
}

interface Reader {
  readonly stack: Frame[];
  readonly prefixes: Prefixes;
  root: XmlElement | null;
  broken: boolean;
}

const NO_SCOPE: ReadonlyMap<string, string> = new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]);

export function readXml(side: Text, prefixes: Prefixes): XmlElement | null {
  const reader: Reader = { stack: [], prefixes, root: null, broken: false };
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
  const scope = reader.stack.at(-1)?.scope ?? NO_SCOPE;
  reader.stack.push({ tag, written: [], children: [], texts: [], scope });
}

/** Takes the namespaces that an element declares, once its attributes are known. */
function declare(reader: Reader): void {
  const frame = reader.stack.at(-1);
  const declared = frame?.written.filter(([name]) => isDeclaration(name)) ?? [];
  if (frame === undefined || declared.length === 0) return;
  const added = declared.map(([name, uri]) => [name === "xmlns" ? "" : name.slice("xmlns:".length), uri] as const);
  frame.scope = new Map([...frame.scope, ...added]);
}

function isDeclaration(name: string): boolean {
  return name === "xmlns" || name.startsWith("xmlns:");
}

function close(reader: Reader, isOpen: boolean): void {
  const frame = reader.stack.pop();
  if (frame === undefined) return;
  const plain = frame.written.filter(([name]) => !isDeclaration(name));
  const element: XmlElement = {
    name: resolved(frame.tag, frame.scope, reader.prefixes),
    // Attributes without prefix belong to no namespace. Namespaces in XML, 6.2.
    attributes: new Map(
      plain.map(([name, value]) => [name.includes(":") ? resolved(name, frame.scope, reader.prefixes) : name, value]),
    ),
    children: frame.children,
    text: frame.texts.join("").replaceAll(/\s+/g, " ").trim(),
    open: isOpen,
  };
  const outer = reader.stack.at(-1);
  if (outer === undefined) reader.root = element;
  else outer.children.push(element);
}

/** The name with the prefix that stands for its namespace on both sides. */
function resolved(name: string, scope: Frame["scope"], prefixes: Prefixes): string {
  const colon = name.indexOf(":");
  const prefix = colon === -1 ? "" : name.slice(0, colon);
  const uri = scope.get(prefix);
  if (uri === undefined) return name;
  const local = colon === -1 ? name : name.slice(colon + 1);
  const known = prefixes.get(uri);
  if (known !== undefined) return known === "" ? local : `${known}:${local}`;
  // Another namespace under a prefix that stands for one already is written out.
  const free = ![...prefixes.values()].includes(prefix);
  prefixes.set(uri, free ? prefix : `{${uri}}`);
  return resolved(name, scope, prefixes);
}
