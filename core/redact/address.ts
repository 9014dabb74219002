/** Path and query of a request. Where only the shape is kept, names of parameters and of routes stay, and no value does. */
import { isIdLike } from "../pair/id-like.ts";
import { percentDecoded } from "./encoded.ts";
import type { Redaction } from "./redaction.ts";
import { shapeOfForm } from "./shape.ts";

/** Stands for every single thing in a path: like the id it replaces, it makes `{id}` of its segment. */
const ANY_ID = "0";

export function redactAddress(path: string, redaction: Redaction): string {
  const redacted = redaction.text(path, { plus: true });
  return redaction.rules.shapeOnly ? shapeOf(redacted, redaction) : redacted;
}

function shapeOf(path: string, redaction: Redaction): string {
  const queryStart = path.search(/[?#]/);
  const end = queryStart === -1 ? path.length : queryStart;
  const segments = path.slice(0, end).split("/").map(shapeOfSegment);
  return segments.join("/") + shapeOfForm(path.slice(end), redaction);
}

function shapeOfSegment(segment: string): string {
  const text = percentDecoded(segment);
  return isIdLike(text) || text.includes("redacted:") ? ANY_ID : segment;
}
