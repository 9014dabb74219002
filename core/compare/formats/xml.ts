/**
 * XML as JSON values: an element is an object of its attributes (`@name`) and children, elements of one name that repeat are
 * a list, an element of text alone is its text. So lists line up by identity, and rules speak of fields.
 */
import { numericText, scalarText } from "./number-text.ts";
import type { JsonTexts, Sides } from "./sides.ts";
import { type Prefixes, readXml, type XmlElement } from "./xml-read.ts";

export function xmlTexts({ reference, shadow }: Sides): JsonTexts | null {
  const prefixes: Prefixes = new Map();
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
  /** More than one of them stands in one element. */
  repeats: boolean;
  /** Some have attributes or children. */
  complex: boolean;
  readonly texts: { readonly reference: string[]; readonly shadow: string[] };
  /** Their texts are numbers; null until it is asked for. */
  numeric: boolean | null;
}

function newShape(): Shape {
  return { children: new Map(), repeats: false, complex: false, texts: { reference: [], shadow: [] }, numeric: null };
}

function isNumeric(shape: Shape): boolean {
  shape.numeric ??= numericText(shape.texts.reference, shape.texts.shadow);
  return shape.numeric;
}

function survey(root: Shape, document: XmlElement, side: "reference" | "shadow"): void {
  const left: { element: XmlElement; outer: Shape }[] = [{ element: document, outer: root }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { element, outer } = next;
    const shape = outer.children.get(element.name) ?? newShape();
    outer.children.set(element.name, shape);
    shape.complex ||= element.children.length > 0 || attributesOf(element).length > 0;
    if (!element.open) shape.texts[side].push(element.text);
    const names = new Set<string>();
    for (const child of element.children) {
      left.push({ element: child, outer: shape });
      if (names.has(child.name)) markRepeated(shape, child.name);
      names.add(child.name);
    }
  }
}

function markRepeated(outer: Shape, name: string): void {
  const shape = outer.children.get(name) ?? newShape();
  shape.repeats = true;
  outer.children.set(name, shape);
}

/** What is left to write: text as it is, or an element. */
type Piece = string | { readonly element: XmlElement; readonly shape: Shape };

/** The whole document as JSON text. What a cut left open is written last and stays open. */
function written(root: XmlElement, outer: Shape, cut: boolean): string {
  const done: string[] = [];
  const shape = outer.children.get(root.name) ?? newShape();
  const left: Piece[] = [...(cut ? [] : ["}"]), { element: root, shape }, `{${JSON.stringify(root.name)}:`];
  for (let piece = left.pop(); piece !== undefined; piece = left.pop()) {
    if (typeof piece === "string") done.push(piece);
    else for (const part of piecesOf(piece.element, piece.shape).toReversed()) left.push(part);
  }
  return done.join("");
}

function piecesOf(element: XmlElement, shape: Shape): readonly Piece[] {
  if (isNil(element)) return ["null"];
  const numeric = isNumeric(shape);
  if (!shape.complex) return element.open ? [] : [scalarText(element.text, numeric)];
  const members: Piece[][] = attributesOf(element).map(([name, value]) => [member(`@${name}`), JSON.stringify(value)]);
  if (element.text !== "" && !element.open) members.push([member("#text"), scalarText(element.text, numeric)]);
  members.push(...childMembers(element, shape));
  const inner = members.flatMap((pieces, at) => (at === 0 ? pieces : [",", ...pieces]));
  return element.open ? ["{", ...inner] : ["{", ...inner, "}"];
}

/** Children by name, the one that a cut left open last. */
function childMembers(element: XmlElement, shape: Shape): readonly Piece[][] {
  const groups = new Map<string, XmlElement[]>();
  for (const child of element.children) {
    const group = groups.get(child.name);
    if (group === undefined) groups.set(child.name, [child]);
    else group.push(child);
  }
  if (!element.open)
    for (const [name, child] of shape.children) if (child.repeats && !groups.has(name)) groups.set(name, []);
  const isLast = (group: readonly XmlElement[]): number => (group.at(-1)?.open === true ? 1 : 0);
  const ordered = [...groups].toSorted(([, a], [, b]) => isLast(a) - isLast(b));
  return ordered.map(([name, group]) => groupPieces(name, group, shape.children.get(name) ?? newShape()));
}

function groupPieces(name: string, group: readonly XmlElement[], shape: Shape): Piece[] {
  const items = group.flatMap((element, at): Piece[] => (at === 0 ? [{ element, shape }] : [",", { element, shape }]));
  if (!shape.repeats) return [member(name), ...items];
  return [member(name), "[", ...items, ...(group.at(-1)?.open === true ? [] : ["]"])];
}

function member(name: string): string {
  return `${JSON.stringify(name)}:`;
}

/** `xsi:nil="true"`: no value. XML Schema 1, 2.6.2. */
function isNil({ attributes }: XmlElement): boolean {
  return [...attributes].some(([name, value]) => /(?:^|:)nil$/.test(name) && /^(?:true|1)$/.test(value));
}

/** Where a schema lies says nothing about the data. */
function attributesOf({ attributes }: XmlElement): readonly (readonly [string, string])[] {
  return [...attributes].filter(([name]) => !/(?:^|:)(?:nil|schemaLocation|noNamespaceSchemaLocation)$/.test(name));
}
