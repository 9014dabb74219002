/**
 * The formats of text bodies that are compared by what they mean, in the order in which they are tried. Everything that can
 * be said in JSON values is compared as JSON, so that paths, identities and rules are the same for all of them.
 */
import type { Difference } from "../difference.ts";
import { csvTexts } from "../formats/csv.ts";
import { formTexts } from "../formats/form.ts";
import { readHtml } from "../formats/html-tree.ts";
import { ndjsonTexts } from "../formats/ndjson.ts";
import type { JsonTexts, Sides, Text } from "../formats/sides.ts";
import { xmlTexts } from "../formats/xml.ts";
import type { Comparison } from "../settings.ts";
import { htmlDifferences } from "./html.ts";
import { jsonTextDifferences } from "./json-texts.ts";

export interface FormatContext {
  readonly comparison: Comparison;
  /** As the reference's header has it. */
  readonly contentType: string;
}

export interface Format {
  /** By media type, or by how the body begins: not every service says what it answers in. */
  readonly applies: (type: string, body: string) => boolean;
  /** Null where the reference is not of this format, `unparsable` where only the shadow is not. */
  readonly compare: (sides: Sides, context: FormatContext) => readonly Difference[] | "unparsable" | null;
}

const JSON_START = /^\s*[[{]/;
const HTML = /^(?:text\/html|application\/xhtml\+xml|image\/svg\+xml)$/;

export const FORMATS: readonly Format[] = [
  {
    applies: (type, body) => /[/+]json$/.test(type) || JSON_START.test(body),
    compare: ({ reference, shadow }, { comparison }) => jsonTextDifferences({ reference, shadow }, comparison),
  },
  {
    applies: (_, body) => GUARD.test(body),
    compare: (sides, { comparison }) => asJson(guardedTexts(sides), comparison),
  },
  {
    applies: (type, body) => /(?:ndjson|jsonl|jsonlines|json-seq|stream\+json)$/.test(type) || JSON_START.test(body),
    compare: (sides, { comparison }) => asJson(ndjsonTexts(sides), comparison),
  },
  {
    applies: (type, body) => HTML.test(type) || /^\s*<(?:!doctype html|html)\b/i.test(body),
    compare: pages,
  },
  {
    applies: (type, body) => /[/+]xml$/.test(type) || /^\uFEFF?\s*<\?xml\b/.test(body),
    compare: (sides, { comparison }) => asJson(xmlTexts(sides), comparison),
  },
  {
    applies: (type) => /(?:csv|tab-separated-values|comma-separated-values)$/.test(type),
    compare: (sides, { comparison, contentType }) => {
      const header = /;\s*header\s*=\s*"?(present|absent)/i.exec(contentType)?.[1];
      return asJson(csvTexts(sides, header === undefined ? null : header.toLowerCase() === "present"), comparison);
    },
  },
  {
    applies: (type) => type === "application/x-www-form-urlencoded",
    compare: (sides, { comparison }) => asJson(formTexts(sides), comparison),
  },
];

function asJson(texts: JsonTexts | null, comparison: Comparison): readonly Difference[] | "unparsable" | null {
  return texts && jsonTextDifferences(texts, comparison);
}

/** A line before JSON that keeps it from being run as a script. */
const GUARD = /^\)\]\}'?,?\s*\n|^(?:while\s*\(1\)|for\s*\(;;\));\s*/;

function guardedTexts({ reference, shadow }: Sides): JsonTexts | null {
  const bare = ({ text, cut }: Text): Text => ({ text: text.replace(GUARD, ""), cut });
  return { reference: bare(reference), shadow: GUARD.test(shadow.text) ? bare(shadow) : null };
}

function pages({ reference, shadow }: Sides): readonly Difference[] | "unparsable" | null {
  const left = readHtml(reference.text, reference.cut);
  if (left === null) return null;
  const right = readHtml(shadow.text, shadow.cut);
  if (right !== null) return htmlDifferences(left, right);
  // A page that nests deeper than can be read still is one.
  return /<[a-z]/i.test(shadow.text) ? null : "unparsable";
}
