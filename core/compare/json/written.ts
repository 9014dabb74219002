/**
 * Excerpts of nodes in JSON notation. Bounded in characters, levels and work: a body may be large, a finding may not.
 */
import { MAX_EXCERPT_CHARS } from "../excerpt.ts";
import { isContainer, isEmpty, isObject, isString, type JsonDocument, linkOf, stringOf, textOf } from "./document.ts";

/** Levels of a container that an excerpt shows. */
const EXCERPT_LEVELS = 4;

/** `{"a":1,"b":[…]}`, at most `MAX_EXCERPT_CHARS` characters. */
export function excerptOfNode(document: JsonDocument, node: number): string {
  const text = written(document, node, EXCERPT_LEVELS);
  return text.length <= MAX_EXCERPT_CHARS ? text : `${text.slice(0, MAX_EXCERPT_CHARS - 1)}…`;
}

function written(document: JsonDocument, node: number, levels: number): string {
  if (isString(document, node)) return JSON.stringify(stringOf(document, node).slice(0, MAX_EXCERPT_CHARS));
  if (!isContainer(document, node)) return textOf(document, node);
  const inObject = isObject(document, node);
  const [before, after] = inObject ? ["{", "}"] : ["[", "]"];
  if (levels === 0) return `${before}${isEmpty(document, node) ? "" : "…"}${after}`;
  return `${before}${inner(document, node, levels)}${after}`;
}

function inner(document: JsonDocument, container: number, levels: number): string {
  const step = isObject(document, container) ? 1 : 0;
  const end = linkOf(document, container);
  let text = "";
  for (let node = container + 1; node < end; ) {
    const separated = text === "" ? "" : ",";
    if (text.length > MAX_EXCERPT_CHARS) return `${text},…`;
    const value = node + step;
    const name = step === 1 ? `${JSON.stringify(document.keys.names[linkOf(document, node)])}:` : "";
    text += `${separated}${name}${written(document, value, levels - 1)}`;
    node = linkOf(document, value);
  }
  return text;
}
