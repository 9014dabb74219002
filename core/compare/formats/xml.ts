/**
 * XML as JSON values: an element is an object of its attributes (`@name`) and children, elements of one name that repeat are
 * a list, an element of text alone is its text. So lists line up by identity, and rules speak of fields.
 */
import { numericText, quoted, scalarText } from "./number-text.ts";
import type { JsonTexts, Sides } from "./sides.ts";
import { newPrefixes, readXml, type XmlElement } from "./xml-read.ts";

export function xmlTexts({ reference, shadow }: Sides): JsonTexts | null {
  const prefixes = newPrefixes();
  const left = readXml(reference, prefixes);
  if (left === null) return null;
  const right = readXml(shadow, prefixes);
  const shape = newShape();
  survey(shape, left, "reference");
  if (right !== null) survey(shape, right, "shadow");
  const write = (root: XmlElement, cut: boolean): { text: string; cut: boolean } => ({
    text: written(root, shape, cut),
    cut,
  });
  return { reference: write(left, reference.cut), shadow: right && write(right, shadow.cut) };
}

/** What the elements at one path are like on both sides, so that both are written in one form. */
interface Shape {
  readonly children: Map<string, Shape>;
  /** The name as the start of a member. */
  readonly start: string;
  /** More than one of them stands in one element. */
  repeats: boolean;
  /** Some have attributes or children. */
  complex: boolean;
  /** The last element in which one was seen. */
  seenIn: XmlElement | null;
  readonly texts: { readonly reference: string[]; readonly shadow: string[] };
  /** Their texts are numbers; null until it is asked for. */
  numeric: boolean | null;
}

function newShape(name = ""): Shape {
  const texts = { reference: [], shadow: [] };
  const start = `${quoted(name)}:`;
  return { children: new Map(), start, repeats: false, complex: false, seenIn: null, texts, numeric: null };
}

function isNumeric(shape: Shape): boolean {
  shape.numeric ??= numericText(shape.texts.reference, shape.texts.shadow);
  return shape.numeric;
}

function shapeIn(outer: Shape, name: string): Shape {
  const known = outer.children.get(name);
  if (known !== undefined) return known;
  const shape = newShape(name);
  outer.children.set(name, shape);
  return shape;
}

function survey(root: Shape, document: XmlElement, side: "reference" | "shadow"): void {
  const left: { element: XmlElement; shape: Shape }[] = [{ element: document, shape: shapeIn(root, document.name) }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { element, shape } = next;
    shape.complex ||= element.children.length > 0 || attributesOf(element).length > 0;
    if (!element.open) shape.texts[side].push(element.text);
    for (const child of element.children) {
      const inner = shapeIn(shape, child.name);
      inner.repeats ||= inner.seenIn === element;
      inner.seenIn = element;
      left.push({ element: child, shape: inner });
    }
  }
}

/** What is left to write: text as it is, or an element. */
type Piece = string | { readonly element: XmlElement; readonly shape: Shape };

/** The whole document as JSON text. What a cut left open is written last and stays open. */
function written(root: XmlElement, outer: Shape, cut: boolean): string {
  const done: string[] = [];
  const shape = shapeIn(outer, root.name);
  const left: Piece[] = [...(cut ? [] : ["}"]), { element: root, shape }, `{${shape.start}`];
  for (let piece = left.pop(); piece !== undefined; piece = left.pop()) {
    if (typeof piece === "string") {
      done.push(piece);
      continue;
    }
    const text = textIfPlain(piece.element, piece.shape);
    if (text !== null) done.push(text);
    else {
      const pieces = piecesOf(piece.element, piece.shape);
      for (let at = pieces.length - 1; at >= 0; at--) left.push(pieces[at] ?? "");
    }
  }
  return done.join("");
}

/** An element that is no more than its text; null for others. */
function textIfPlain(element: XmlElement, shape: Shape): string | null {
  if (isNil(element)) return "null";
  if (shape.complex) return null;
  return element.open ? "" : scalarText(element.text, isNumeric(shape));
}

function piecesOf(element: XmlElement, shape: Shape): readonly Piece[] {
  const pieces: Piece[] = ["{"];
  const begin = (start: string): void => void pieces.push(pieces.length === 1 ? start : `,${start}`);
  for (const [name, value] of attributesOf(element)) begin(`${quoted(`@${name}`)}:${quoted(value)}`);
  if (element.text !== "" && !element.open) begin(`"#text":${scalarText(element.text, isNumeric(shape))}`);
  for (const group of groupsOf(element, shape)) {
    begin(group.shape.start);
    pushGroup(pieces, group);
  }
  if (!element.open) pieces.push("}");
  return pieces;
}

interface Group {
  readonly shape: Shape;
  readonly elements: XmlElement[];
}

/** Children by name, the one that a cut left open last. */
function groupsOf(element: XmlElement, shape: Shape): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const child of element.children) {
    const group = groups.get(child.name);
    if (group === undefined) groups.set(child.name, { shape: shapeIn(shape, child.name), elements: [child] });
    else group.elements.push(child);
  }
  if (!element.open) {
    for (const [name, inner] of shape.children)
      if (inner.repeats && !groups.has(name)) groups.set(name, { shape: inner, elements: [] });
    return [...groups.values()];
  }
  return [...groups.values()].toSorted((a, b) => lastIsOpen(a) - lastIsOpen(b));
}

function lastIsOpen({ elements }: Group): number {
  return elements.at(-1)?.open === true ? 1 : 0;
}

function pushGroup(pieces: Piece[], { shape, elements }: Group): void {
  if (shape.repeats) pieces.push("[");
  for (const [at, element] of elements.entries()) {
    if (at > 0) pieces.push(",");
    pieces.push({ element, shape });
  }
  if (shape.repeats && elements.at(-1)?.open !== true) pieces.push("]");
}

/** `xsi:nil="true"`: no value. XML Schema 1, 2.6.2. */
function isNil({ attributes }: XmlElement): boolean {
  if (attributes.size === 0) return false;
  return [...attributes].some(([name, value]) => /(?:^|:)nil$/.test(name) && /^(?:true|1)$/.test(value));
}

const NO_ATTRIBUTES: readonly (readonly [string, string])[] = [];

/** Where a schema lies says nothing about the data. */
function attributesOf({ attributes }: XmlElement): readonly (readonly [string, string])[] {
  if (attributes.size === 0) return NO_ATTRIBUTES;
  return [...attributes].filter(([name]) => !/(?:^|:)(?:nil|schemaLocation|noNamespaceSchemaLocation)$/.test(name));
}
