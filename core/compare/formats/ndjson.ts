/** Lines of JSON as one list, so that records line up by identity as elements of lists do. */
import { isList } from "../json/value.ts";
import { type JsonSides, jsonSides, type Sides, type Text, wholeLines } from "./sides.ts";

/** Null where the reference is not made of lines that are JSON objects or lists. */
export function ndjsonSides({ reference, shadow }: Sides): JsonSides | null {
  const [left, right] = [recordsOf(reference), recordsOf(shadow)];
  if (left === null || left.records.length === 0) return null;
  const read = jsonSides(listOf(left), right && listOf(right));
  if (read === null || !isListOf(read.reference, left.records.length)) return null;
  const whole = right !== null && read.shadow !== null && isListOf(read.shadow, right.records.length);
  return whole ? read : { ...read, shadow: null };
}

interface Records {
  readonly records: readonly string[];
  readonly cut: boolean;
}

function recordsOf(side: Text): Records | null {
  // A record separator stands before each record of a JSON text sequence. RFC 7464.
  const records = wholeLines(side)
    .map((line) => line.replace(/^\uFEFF?\u001e?/, "").trim())
    .filter((line) => line !== "");
  return records.every((line) => /^[[{]/.test(line)) ? { records, cut: side.cut } : null;
}

function listOf({ records, cut }: Records): Text {
  const inner = records.join(",");
  return { text: cut ? `[${inner}` : `[${inner}]`, cut };
}

/** Joined by commas, halves of records could make whole ones. */
function isListOf(json: JsonSides["reference"], records: number): boolean {
  return isList(json) && json.items.length === records;
}
