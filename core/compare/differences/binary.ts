/** Differences of bodies that are no text (base64 in the pair): by format and size. Their content is not looked into. */
import type { Difference } from "../difference.ts";
import { hashText } from "../hash.ts";

/** First characters in base64 of well-known formats. https://en.wikipedia.org/wiki/List_of_file_signatures */
const FORMATS: readonly (readonly [string, string])[] = [
  ["iVBORw0KGgo", "png"],
  ["/9j/", "jpeg"],
  ["R0lGOD", "gif"],
  ["UklGR", "riff"],
  ["JVBERi", "pdf"],
  ["UEsDB", "zip"],
  ["H4sI", "gzip"],
  ["AGFzb", "wasm"],
];

export function binaryDifferences(reference: string, shadow: string): readonly Difference[] {
  if (reference === shadow) return [];
  const place = { part: "body", path: "body", pattern: "body" } as const;
  const [left, right] = [describe(reference), describe(shadow)];
  const kind = formatOf(reference) === formatOf(shadow) ? "value" : "type";
  return [{ ...place, kind, reference: JSON.stringify(left), shadow: JSON.stringify(right) }];
}

function describe(base64: string): string {
  return `${formatOf(base64)}, ${bytesOf(base64)} bytes, content ${hashText(base64).toString(16)}`;
}

function formatOf(base64: string): string {
  return FORMATS.find(([start]) => base64.startsWith(start))?.[1] ?? "binary";
}

/** Bytes that a base64 text stands for. */
function bytesOf(base64: string): number {
  const padding = /=*$/.exec(base64)?.[0].length ?? 0;
  return Math.floor(((base64.length - padding) * 3) / 4);
}
