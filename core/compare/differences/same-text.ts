/**
 * Whether two nodes are equal as text, at the cost of the text once: a walk asks about a container and then about what is in
 * it, so how far the two texts run together is remembered. Long runs are compared in pieces: the runtime compares whole strings
 * many times faster than a loop (and than `startsWith`).
 */
import { endOf, type JsonDocument, startOf } from "../json/document.ts";

/** Mutable for speed: one for each walk. From `from` to `until` the reference equals the shadow `shift` characters on. */
export interface SameText {
  readonly reference: JsonDocument;
  readonly shadow: JsonDocument;
  shift: number;
  from: number;
  until: number;
  /** At `until` the texts differ; otherwise nobody looked further. */
  differs: boolean;
}

/** Below, a call costs more than a loop. */
const SHORT_CHARS = 24;
const PIECES = [4096, 512, 64];

export function newSameText(reference: JsonDocument, shadow: JsonDocument): SameText {
  return { reference, shadow, shift: 0, from: 0, until: 0, differs: false };
}

export function isSameText(same: SameText, left: number, right: number): boolean {
  const [start, end] = [startOf(same.reference, left), endOf(same.reference, left)];
  const other = startOf(same.shadow, right);
  if (end - start !== endOf(same.shadow, right) - other) return false;
  // What the text ends in is not known to be equal behind the cut.
  if (end > same.reference.text.length) return false;
  if (end - start <= SHORT_CHARS) return runsTo(same, { start, end, other }) === end;
  return isSameRun(same, { start, end, other });
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly other: number;
}

function isSameRun(same: SameText, run: Run): boolean {
  const { start, end, other } = run;
  const isKnown = other - start === same.shift && start >= same.from && start <= same.until;
  if (!isKnown) {
    same.shift = other - start;
    same.from = start;
    same.until = start;
    same.differs = false;
  }
  if (end <= same.until) return true;
  if (same.differs) return false;
  same.until = piecesTo(same, { start: same.until, end, other: same.until + same.shift });
  same.differs = same.until < end;
  return !same.differs;
}

/** The first place at which the texts differ, or the end: all at once, then in ever smaller pieces. */
function piecesTo(same: SameText, { start, end, other }: Run): number {
  const [left, right] = [same.reference.text, same.shadow.text];
  const shift = other - start;
  if (left.slice(start, end) === right.slice(other, end + shift)) return end;
  let at = start;
  for (const size of PIECES)
    while (at + size <= end && left.slice(at, at + size) === right.slice(at + shift, at + shift + size)) at += size;
  return runsTo(same, { start: at, end, other: at + shift });
}

function runsTo(same: SameText, { start, end, other }: Run): number {
  const [left, right] = [same.reference.text, same.shadow.text];
  const shift = other - start;
  let at = start;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at + shift)) at++;
  return at;
}
