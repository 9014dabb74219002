/** The worst bodies of 256 KB that are no JSON: pages, XML, tables, forms. Apart from those of JSON, which have more to say. */
import type { Texts } from "./bodies.ts";

/** What a side may have at most. */
const CAPTURED_CHARS = 262_144;

interface Frame {
  readonly before: string;
  readonly after: string;
  readonly type: string;
}

const HTML: Frame = { before: "<!doctype html><body>", after: "</body>", type: "text/html" };
const LIST: Frame = { before: "<!doctype html><ul>", after: "</ul>", type: "text/html" };
const XML: Frame = { before: '<?xml version="1.0"?><r>', after: "</r>", type: "application/xml" };
const CSV: Frame = { before: "id,name,price\n", after: "", type: "text/csv" };
const LINES: Frame = { before: "", after: "", type: "application/x-ndjson" };
const FORM: Frame = { before: "a=1", after: "", type: "application/x-www-form-urlencoded" };
const PLAIN: Frame = { before: "", after: "", type: "text/plain" };

/** One string without parts, as a body that came over the network is. */
function filled({ before, after }: Frame, part: (at: number) => string): string {
  const parts: string[] = [before];
  for (let at = 0, length = before.length + after.length; ; at++) {
    const next = part(at);
    length += next.length;
    if (length > CAPTURED_CHARS) break;
    parts.push(next);
  }
  return Buffer.from([...parts, after].join("")).toString();
}

const both = (frame: Frame, part: (at: number, side: 0 | 1) => string) => (): Texts => ({
  reference: filled(frame, (at) => part(at, 0)),
  shadow: filled(frame, (at) => part(at, 1)),
  type: frame.type,
});

const nested =
  (frame: Frame, levels: number): (() => Texts) =>
  () => {
    const of = (side: 0 | 1): string =>
      `${frame.before}${"<a>".repeat(levels)}${side}${"</a>".repeat(levels)}${frame.after}`;
    return { reference: Buffer.from(of(0)).toString(), shadow: Buffer.from(of(1)).toString(), type: frame.type };
  };

export const WORST_FORMATS: Readonly<Record<string, () => Texts>> = {
  "a page of elements that all differ": both(HTML, (at, side) => `<b>${(at + side) % 10}</b>`),
  "a page of attributes that all differ": both(HTML, (at, side) => `<b a=${at} b=${side} c=d></b>`),
  "a list of a page, all differ": both(LIST, (at, side) => `<li>${side}${at}`),
  "a list of a page, in reverse": both(LIST, (at, side) => `<li>${side === 0 ? at : 30_000 - at}`),
  "a page of one kind, half dropped": both(LIST, (at, side) =>
    side === 0 ? `<li class=a>${at}` : `<li class=a>${2 * at}`,
  ),
  "a page with a wide tree": both(HTML, (at, side) => `<div><p><a href=${at}>${side}</a></div>`),
  "XML, all elements differ": both(XML, (at, side) => `<a>${at + side / 2}</a>`),
  "XML, all attributes differ": both(XML, (at, side) => `<a b="${at}" c="${side}"/>`),
  "XML, all names differ": both(XML, (at, side) => `<a${side}${at}/>`),
  "XML, a namespace each": both(XML, (at, side) => `<a xmlns="u${at}">${side}</a>`),
  "XML, as deep as it goes": nested(XML, 36_000),
  "XML, a namespace at each level": (): Texts => {
    const of = (side: 0 | 1): string => {
      const levels = Array.from({ length: 10_000 }, (_, at) => `<a xmlns:p${at}="u">`);
      return Buffer.from(`<?xml version="1.0"?>${levels.join("")}${side}${"</a>".repeat(levels.length)}`).toString();
    };
    return { reference: of(0), shadow: of(1), type: XML.type };
  },
  "a table, all cells differ": both(CSV, (at, side) => `${at},${side}${at},${at / 2 + side}\n`),
  "a table of empty cells": both(CSV, (at, side) => (at % 100 === 0 ? `${side}\n` : ",")),
  "a table of one row": both(CSV, (at, side) => `${at + side},`),
  "a table of quotes": both(CSV, (at, side) => `"${at}""${side}",""\n`),
  "lines of JSON, all differ": both(LINES, (at, side) => `{"id":${at},"v":${side}}\n`),
  "lines of JSON without identity": both(LINES, (at, side) => `[${at + side}]\n`),
  "objects of many fields": both(LINES, (at, side) =>
    at % 18_000 === 0 ? `${at === 0 ? "" : "}\n"}{"a":${side}` : `,"k${at}":1`,
  ),
  "a form of many fields": both(FORM, (at, side) => `&f${at}=${side}`),
  "a form of one field": both(FORM, (at, side) => `&f=${at + side}`),
  "lines that all differ": both(PLAIN, (at, side) => `${side}${at}\n`),
  "text that begins like queries": both(PLAIN, (at, side) => (at === 0 ? `${side} ` : "SELECT a FROM b FROM ")),
  "text that begins like queries, by tab": both(PLAIN, (at, side) => (at === 0 ? `${side} ` : "SELECT\t")),
  "text that begins like traces": both(PLAIN, (at, side) => (at === 0 ? `${side} ` : "at a.")),
  "text that begins like errors": both(PLAIN, (at, side) => (at === 0 ? `${side} ` : "Warning: in ")),
  "text that begins like names": both(PLAIN, (at, side) => (at === 0 ? `${side} ` : "PrismaClient")),
  "text of digits": both(PLAIN, (at, side) => (at === 0 ? `${side} goroutine ` : "1")),
};
