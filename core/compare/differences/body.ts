/**
 * Chooses how two bodies are compared: as JSON, as text, or by format and size. An answer that was cut at the capture limit
 * is compared by its beginning and its length; its end is nobody's difference.
 */
import type { Answer } from "../../pair/pair.ts";
import { headerText, mediaTypeOf, sizeOf } from "../answer.ts";
import type { Difference } from "../difference.ts";
import { excerptsOf } from "../excerpt.ts";
import { parseJson } from "../json/parse.ts";
import { type Comparison, DEFAULT_COMPARISON } from "../settings.ts";
import { binaryDifferences } from "./binary.ts";
import { jsonDifferences } from "./json.ts";
import { textDifferences } from "./text.ts";

const BODY = { part: "body", path: "body", pattern: "body" } as const;

/** Text whose lines are records. */
const ROWS = /(?:csv|tab-separated-values|ndjson|jsonl|jsonlines|json-seq)$/;

export function bodyDifferences(
  reference: Answer,
  shadow: Answer,
  comparison: Comparison = DEFAULT_COMPARISON,
): readonly Difference[] {
  if (reference.bodyEncoding !== undefined || shadow.bodyEncoding !== undefined)
    return encodedDifferences(reference, shadow);
  if (reference.body === "" || shadow.body === "") return emptyDifferences(reference, shadow);
  if (reference.truncated === true || shadow.truncated === true) return cutDifferences(reference, shadow, comparison);
  if (reference.body === shadow.body) return [];
  const left = looksLikeJson(reference) ? parseJson(reference.body) : null;
  if (left === null || !left.ok) return lineDifferences(reference, [reference.body, shadow.body]);
  const right = parseJson(shadow.body);
  return right.ok ? jsonDifferences(left.value, right.value, comparison) : [unparsable(reference.body, shadow.body)];
}

/** By content type, or by its first character: not every service says that it answers in JSON. */
function looksLikeJson(answer: Answer): boolean {
  const { type } = mediaTypeOf(headerText(answer, "content-type"));
  return /[/+]json$/.test(type) || /^\s*[[{]/.test(answer.body);
}

function lineDifferences(answer: Answer, [reference, shadow]: readonly [string, string]): readonly Difference[] {
  const { type } = mediaTypeOf(headerText(answer, "content-type"));
  const found = textDifferences(reference, shadow, /(?:html|xml)$/.test(type));
  if (!ROWS.test(type)) return found;
  const known = new Set(reference.split("\n").map((line) => JSON.stringify(line.trimEnd())));
  return found.map((difference) => asRow(difference, known));
}

/** A line that is an element of a list: gone it was dropped, and one more of the same is doubled. */
function asRow(difference: Difference, known: ReadonlySet<string>): Difference {
  if (difference.kind === "missing") return { ...difference, traits: ["item"] };
  if (difference.kind !== "extra") return difference;
  return { ...difference, traits: known.has(difference.shadow ?? "") ? ["item", "doubled"] : ["item"] };
}

function unparsable(reference: string, shadow: string): Difference {
  const [left, right] = excerptsOf(reference, shadow);
  return { ...BODY, kind: "unparsable", reference: left, shadow: right };
}

/** One side is no valid text. When only one is, the format changed, unless a cut in the middle of a character made it so. */
function encodedDifferences(reference: Answer, shadow: Answer): readonly Difference[] {
  const cut = reference.truncated === true || shadow.truncated === true;
  if (cut) return lengthDifference(reference, shadow);
  if (reference.bodyEncoding === shadow.bodyEncoding) return binaryDifferences(reference.body, shadow.body);
  if (reference.body === "" || shadow.body === "") return emptyDifferences(reference, shadow);
  return [
    {
      ...BODY,
      kind: "type",
      reference: JSON.stringify(formatName(reference)),
      shadow: JSON.stringify(formatName(shadow)),
    },
  ];
}

function formatName(answer: Answer): string {
  return answer.bodyEncoding === undefined ? "text" : "binary";
}

function emptyDifferences(reference: Answer, shadow: Answer): readonly Difference[] {
  if (reference.body === shadow.body) return [];
  const [left, right] = excerptsOf(reference.body, shadow.body);
  return reference.body === ""
    ? [{ ...BODY, kind: "extra", shadow: right }]
    : [{ ...BODY, kind: "missing", reference: left }];
}

function cutDifferences(reference: Answer, shadow: Answer, comparison: Comparison): readonly Difference[] {
  const length = lengthDifference(reference, shadow);
  if (looksLikeJson(reference)) {
    const left = parseJson(reference.body, reference.truncated);
    const right = parseJson(shadow.body, shadow.truncated);
    if (left.ok && right.ok) return [...jsonDifferences(left.value, right.value, comparison), ...length];
    if (left.ok) return [unparsable(reference.body, shadow.body), ...length];
  }
  const prefix = Math.min(reference.body.length, shadow.body.length);
  const [left, right] = [wholeLines(reference.body, prefix), wholeLines(shadow.body, prefix)];
  return [...lineDifferences(reference, [left, right]), ...length];
}

/** The first characters without the line that the cut went through. */
function wholeLines(text: string, length: number): string {
  const prefix = text.slice(0, length);
  const end = prefix.lastIndexOf("\n");
  return end === -1 ? prefix.slice(0, -1) : prefix.slice(0, end);
}

function lengthDifference(reference: Answer, shadow: Answer): readonly Difference[] {
  const [left, right] = [sizeOf(reference), sizeOf(shadow)];
  const known = reference.bodyBytes !== undefined && shadow.bodyBytes !== undefined;
  if (!known || left === right) return [];
  return [{ ...BODY, kind: "length", reference: `${left}`, shadow: `${right}` }];
}
