/**
 * Reads HTML into a tree with a hash per element, in which white space, the order of attributes and classes, and comments do
 * not matter. Forgiving, as browsers are. Nothing is ever interpreted or shown as markup.
 */
import { Parser } from "htmlparser2";
import { hashText, mixHashes } from "../hash.ts";

export interface HtmlElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly HtmlNode[];
  readonly hash: number;
  /** The text ended before the element did. */
  readonly open: boolean;
}

/** An element, or text. */
export type HtmlNode = string | HtmlElement;

/** Browsers flatten what is nested deeper; the parser's time grows with the square of the depth. */
const MAX_LEVELS = 512;

/** Characters that are read at once: between two pieces the depth is looked at. */
const PIECE_CHARS = 4_096;

/** Elements in which white space is part of the text. */
const VERBATIM = new Set(["pre", "textarea", "script", "style"]);

/** Code, whose indentation means nothing to a reader of the page. */
const CODE = new Set(["script", "style"]);

/** Elements that may be left out, and stand there all the same. HTML, 13.1.2.4. */
const IMPLIED = new Set(["tbody"]);

/** Attributes that are lists of words, whose order means nothing. */
const WORD_LISTS = new Set(["class", "rel", "sizes", "sandbox", "headers"]);

/** Attributes that are on where they stand. HTML, 2.3.2. */
const SWITCHES = new Set(
  "allowfullscreen async autofocus autoplay checked controls defer disabled formnovalidate inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected".split(
    " ",
  ),
);

interface Frame {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: HtmlNode[];
  text: string;
  readonly verbatim: boolean;
}

interface Reader {
  readonly stack: Frame[];
  /** Of the page itself. */
  readonly attributes: Map<string, string>;
  tooDeep: boolean;
  /** Elements that are closed now were left open by a cut. */
  cutOff: boolean;
}

/** Null where the text holds no element, or too many levels of them. `cut`: elements open at the end are marked so. */
export function readHtml(text: string, cut: boolean): HtmlElement | null {
  const root = frameOf("html", new Map(), false);
  const reader: Reader = { stack: [root], attributes: new Map(), tooDeep: false, cutOff: false };
  const parser = parserInto(reader);
  for (let at = 0; at < text.length; at += PIECE_CHARS) {
    parser.write(text.slice(at, at + PIECE_CHARS));
    if (reader.tooDeep) return null;
  }
  reader.cutOff = cut;
  parser.end();
  return documentOf({ ...root, attributes: reader.attributes }, cut);
}

function parserInto(reader: Reader): Parser {
  const { stack, attributes: ofPage } = reader;
  return new Parser({
    onopentag: (tag, written) => {
      const outer = stack.at(-1);
      if (outer === undefined) return;
      const attributes = attributesOf(written);
      if (tag === "html" && stack.length === 1) for (const [name, value] of attributes) ofPage.set(name, value);
      endText(outer);
      stack.push(frameOf(tag, attributes, outer.verbatim || VERBATIM.has(tag)));
      reader.tooDeep ||= stack.length > MAX_LEVELS;
    },
    ontext: (piece) => {
      const frame = stack.at(-1);
      if (frame !== undefined) frame.text += piece;
    },
    onclosetag: () => {
      if (stack.length > 1) close(stack, reader.cutOff);
    },
    onprocessinginstruction: (name, data) => {
      if (name === "!doctype") ofPage.set("!doctype", data.toLowerCase().replaceAll(/\s+/g, " "));
    },
  });
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** Most elements have none: they share one map. */
function attributesOf(written: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  let attributes: Map<string, string> | null = null;
  for (const name in written) {
    attributes ??= new Map();
    attributes.set(name, attributeText(name, written[name] ?? ""));
  }
  return attributes ?? NO_ATTRIBUTES;
}

function frameOf(tag: string, attributes: ReadonlyMap<string, string>, verbatim: boolean): Frame {
  return { tag, attributes, children: [], text: "", verbatim };
}

/** The root is always `html`, whether or not the text says so: a fragment is a page without its frame. */
function documentOf(frame: Frame, cut: boolean): HtmlElement | null {
  endText(frame);
  const children = frame.children.flatMap((node) =>
    typeof node !== "string" && node.tag === "html" ? node.children : [node],
  );
  if (children.every((node) => typeof node === "string")) return null;
  return elementOf({ ...frame, children }, cut);
}

function close(stack: Frame[], open: boolean): void {
  const frame = stack.pop();
  if (frame === undefined) return;
  endText(frame);
  const outer = stack.at(-1);
  if (IMPLIED.has(frame.tag) && frame.attributes.size === 0 && !open) outer?.children.push(...frame.children);
  else outer?.children.push(elementOf(frame, open));
}

function endText(frame: Frame): void {
  if (frame.text === "") return;
  const text = CODE.has(frame.tag) ? codeText(frame) : frame.verbatim ? frame.text.trim() : oneLine(frame.text);
  if (text !== "") frame.children.push(text);
  frame.text = "";
}

function oneLine(text: string): string {
  return /\s/.test(text) ? text.replaceAll(/\s+/g, " ").trim() : text;
}

/** By line, without indentation; of a style sheet also without the blanks around its signs. */
function codeText({ tag, text }: Frame): string {
  if (tag === "style")
    return oneLine(text)
      .replaceAll(/ ?([{}:;,]) ?/g, "$1")
      .replaceAll(";}", "}");
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").join("\n");
}

function elementOf({ tag, attributes, children }: Frame, open: boolean): HtmlElement {
  let named = 0;
  for (const [name, value] of attributes)
    named = (named + mixHashes(hashText(name, 31), hashText(value, 37))) % Number.MAX_SAFE_INTEGER;
  const start = mixHashes(hashText(tag, 41), named);
  let hash = start;
  for (const node of children) hash = mixHashes(hash, hashOfNode(node));
  return { tag, attributes, children, hash, open };
}

export function hashOfNode(node: HtmlNode): number {
  return typeof node === "string" ? hashText(node, 43) : node.hash;
}

function attributeText(name: string, value: string): string {
  // That it stands there is all it says. HTML, 2.3.2.
  if (SWITCHES.has(name)) return "";
  if (WORD_LISTS.has(name)) return value.split(/\s+/).filter(Boolean).toSorted().join(" ");
  return name === "style"
    ? value
        .replaceAll(/\s*([:;])\s*/g, "$1")
        .replace(/;$/, "")
        .trim()
    : value.trim();
}
