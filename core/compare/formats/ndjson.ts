/** Lines of JSON as one list, so that records line up by identity as elements of lists do. */
import { type JsonTexts, type Sides, type Text, wholeLines } from "./sides.ts";

/** Null where the reference is not made of lines that are JSON objects or lists. */
export function ndjsonTexts({ reference, shadow }: Sides): JsonTexts | null {
  const left = listOf(reference);
  return left && { reference: left, shadow: listOf(shadow) };
}

function listOf(side: Text): Text | null {
  // A record separator stands before each record of a JSON text sequence. RFC 7464.
  const records = wholeLines(side)
    .map((line) => line.replace(/^\uFEFF?\u001e?/, "").trim())
    .filter((line) => line !== "");
  if (records.length === 0 || !records.every(isRecord)) return null;
  const inner = records.join(",");
  return { text: side.cut ? `[${inner}` : `[${inner}]`, cut: side.cut };
}

/** Each line by itself: joined by commas, halves of records could make whole ones. */
function isRecord(line: string): boolean {
  if (!/^[[{]/.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
