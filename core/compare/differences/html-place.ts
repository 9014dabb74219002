/** Where something stands in a page: `html > body > ul.cart > li[3] @href`. A class or name that says what it is, is part of it. */
import type { HtmlElement } from "../formats/html-tree.ts";

export interface HtmlPlace {
  readonly path: string;
  /** Without positions. */
  readonly pattern: string;
}

/** Longest path that is kept, in characters: deeper ones lose their middle. */
const MAX_PATH_CHARS = 1_000;

export const HTML_ROOT: HtmlPlace = { path: "html", pattern: "html" };

/** `position` counts from 1 among the siblings of its tag; null where it is the only one. */
export function childPlace(outer: HtmlPlace, element: HtmlElement, position: number | null): HtmlPlace {
  const step = `${element.tag}${labelOf(element)}`;
  const at = position === null ? "" : `[${position}]`;
  return {
    path: shortened(`${outer.path} > ${step}${at}`),
    pattern: shortened(`${outer.pattern} > ${step}${at === "" ? "" : "[*]"}`),
  };
}

export function attributePlace(element: HtmlPlace, name: string): HtmlPlace {
  return { path: `${element.path} @${name}`, pattern: `${element.pattern} @${name}` };
}

/** The name of a field or of a property, otherwise the first class that is made of words; those made by a build are not. */
function labelOf({ attributes }: HtmlElement): string {
  const named = attributes.get("name") ?? attributes.get("property") ?? attributes.get("http-equiv");
  if (named !== undefined && isPlain(named)) return `[name=${named}]`;
  const classes = [attributes.get("itemprop"), ...(attributes.get("class") ?? "").split(" ")];
  const label = classes.find((word) => word !== undefined && isPlain(word));
  return label === undefined ? "" : `.${label}`;
}

function isPlain(word: string): boolean {
  return /^[A-Za-z]{2,20}(?:[-_:.]{1,2}[A-Za-z]{2,20}){0,3}$/.test(word);
}

function shortened(text: string): string {
  if (text.length <= MAX_PATH_CHARS) return text;
  return `${text.slice(0, MAX_PATH_CHARS / 2)}…${text.slice(-MAX_PATH_CHARS / 2)}`;
}
