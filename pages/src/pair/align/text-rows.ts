/** Two texts as rows, line by line. */
import { diffLines } from "diff";
import type { Row } from "./row.ts";

/** Edits after which the line diff gives up, so that a hostile body cannot hang the page. */
const MAX_EDITS = 2_000;

/** From this many characters on, a line is broken up: a difference in it could not be found by eye. */
const LONG_LINE_CHARS = 1_000;

/** The rows of two texts. Lines that were replaced stand beside each other. */
export function textRows(left: string, right: string): readonly Row[] {
  const long = [left, right].some((text) => text.split("\n").some((line) => line.length > LONG_LINE_CHARS));
  if (long) return aligned(brokenUp(left), brokenUp(right));
  return numbered(aligned(left, right));
}

/** Minified JSON, markup and script with a line for each element. */
function brokenUp(text: string): string {
  return text.replaceAll(/([,;{[}>](?!\n))/g, "$1\n");
}

/** Gives each row the path by which findings name its line: production's number, the shadow's where only it has the line. */
function numbered(rows: readonly Row[]): readonly Row[] {
  let left = 0;
  let right = 0;
  return rows.map((row) => {
    if (row.left !== null) left++;
    if (row.right !== null) right++;
    return { ...row, path: `body:line ${row.left === null ? right : left}` };
  });
}

function aligned(left: string, right: string): readonly Row[] {
  const changes = diffLines(left, right, { maxEditLength: MAX_EDITS });
  if (changes === undefined) return beside(linesOf(left), linesOf(right));
  const rows: Row[] = [];
  for (let at = 0; at < changes.length; at++) {
    const change = changes[at];
    const next = changes[at + 1];
    if (change === undefined) continue;
    if (change.removed && next?.added) {
      rows.push(...beside(linesOf(change.value), linesOf(next.value)));
      at++;
    } else if (change.removed) rows.push(...beside(linesOf(change.value), []));
    else if (change.added) rows.push(...beside([], linesOf(change.value)));
    else rows.push(...beside(linesOf(change.value), linesOf(change.value)));
  }
  return rows;
}

function beside(left: readonly string[], right: readonly string[]): readonly Row[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at): Row => {
    const l = left[at] ?? null;
    const r = right[at] ?? null;
    const mark = l === null ? "extra" : r === null ? "missing" : l === r ? "same" : "changed";
    return { mark, depth: 0, left: l, right: r, path: null };
  });
}

/** Lines without their ends; a last line end opens no further line. */
function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}
