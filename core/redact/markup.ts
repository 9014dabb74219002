/** Values that markup puts beside a secret name: the content of the element, or the attribute of an element that bears it. */
import type { NameAt } from "./named.ts";
import type { Span } from "./rules.ts";

/** How far around a name its element is looked for. */
const MAX_TAG_CHARS = 2048;
const MAX_CONTENT_CHARS = 1024;

/** The name is the element's own, perhaps in a namespace. */
const ELEMENT_START = /<(?:[\w-]{1,64}:)?$/;

/** The name is what another attribute names: `name="password"`. An `id` names only what people fill in. */
const NAMING_ATTRIBUTE = /\s(?:name|property|key|itemprop|field|data-name|(id))\s{0,4}=\s{0,4}["']?$/i;
const FIELD_ELEMENT = /^<(?:input|meta|param|button|textarea|option)\b/i;

const VALUE_ATTRIBUTE =
  /\s(?:value|content|data-value)\s{0,4}=\s{0,4}(?:"([^"]{1,4096})|'([^']{1,4096})|([^\s"'<>]{1,4096}))/gi;
const CONTENT = /\s{0,64}(?:<!\[CDATA\[([\s\S]{1,4096}?)(?=\]\]>)|([^<>]{1,4096}))/y;
const TEXT_NODE = />([^<>]*[^<>\s][^<>]*)</g;

/** In the order of the text, without overlaps; nothing before `from`. */
export function elementValues(name: NameAt): readonly Span[] {
  const { text, start, from } = name;
  const before = text.slice(Math.max(from, start - 80), start);
  if (ELEMENT_START.test(before)) return insideElement(name, start);
  const naming = NAMING_ATTRIBUTE.exec(before);
  if (naming === null) return [];
  const first = Math.max(from, start - MAX_TAG_CHARS);
  const tagStart = first + text.slice(first, start).lastIndexOf("<");
  if (tagStart < first) return [];
  const isField = FIELD_ELEMENT.test(text.slice(tagStart, tagStart + 12));
  return naming[1] !== undefined && !isField ? [] : insideElement(name, tagStart);
}

function insideElement({ text, end }: NameAt, tagStart: number): readonly Span[] {
  const close = text.slice(end, end + MAX_TAG_CHARS).indexOf(">");
  const tagEnd = close === -1 ? Math.min(text.length, end + MAX_TAG_CHARS) : end + close;
  const attributes = Array.from(text.slice(tagStart, tagEnd).matchAll(VALUE_ATTRIBUTE), (match) => {
    const value = match[1] ?? match[2] ?? match[3] ?? "";
    const last = tagStart + match.index + match[0].length;
    return { start: last - value.length, end: last };
  });
  if (close === -1 || text.charAt(tagEnd - 1) === "/") return attributes;
  return [...attributes, ...contentOf(text, tagEnd + 1, tagName(text, tagStart))];
}

/** The text right behind the tag, or, where children stand there, every text up to the closing tag. */
function contentOf(text: string, start: number, name: string): readonly Span[] {
  CONTENT.lastIndex = start;
  const match = CONTENT.exec(text);
  const value = match?.[1] ?? match?.[2] ?? "";
  if (match !== null && value.trim() !== "") {
    const end = start + match[0].length;
    return [{ start: end - value.length, end }];
  }
  const rest = text.slice(start - 1, start + MAX_CONTENT_CHARS);
  const close = name === "" ? -1 : rest.indexOf(`</${name}`);
  if (close === -1) return [];
  return Array.from(rest.slice(0, close + 1).matchAll(TEXT_NODE), (node) => {
    const from = start + node.index;
    return { start: from, end: from + (node[1] ?? "").length };
  });
}

function tagName(text: string, tagStart: number): string {
  return /^<?([\w:.-]{1,128})/.exec(text.slice(tagStart, tagStart + 130))?.[1] ?? "";
}
