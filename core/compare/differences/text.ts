/** Differences of two texts by line, bounded in time and number. For bodies that are text but no JSON. */
import type { Difference } from "../difference.ts";
import { excerptsOf } from "../excerpt.ts";
import type { Sides } from "../formats/sides.ts";

/** Lines that are reported one by one; more become one difference of length. */
const MAX_LINES = 200;

/** Above this many lines on either side, after equal beginnings and ends, lines are no longer lined up. */
const MAX_ALIGNED_LINES = 1_000;

interface Line {
  /** Number in the reference, or in the shadow where only it has the line; the first is 1. */
  readonly number: number;
  readonly reference?: string;
  readonly shadow?: string;
}

/** Two whole or cut texts by line; of cut ones, the lines that both have whole. */
export function plainTextDifferences({ reference, shadow }: Sides, markup: boolean): readonly Difference[] {
  if (!reference.cut && !shadow.cut) return textDifferences(reference.text, shadow.text, markup);
  const prefix = Math.min(reference.text.length, shadow.text.length);
  return textDifferences(upTo(reference.text, prefix), upTo(shadow.text, prefix), markup);
}

/** The first characters without the line that the cut went through. */
function upTo(text: string, length: number): string {
  const prefix = text.slice(0, length);
  const end = prefix.lastIndexOf("\n");
  return end === -1 ? prefix.slice(0, -1) : prefix.slice(0, end);
}

/** `markup`: white space between words and empty lines mean nothing, as in HTML and XML. */
export function textDifferences(reference: string, shadow: string, markup = false): readonly Difference[] {
  if (markup && onOneLine(reference) === onOneLine(shadow)) return [];
  const [left, right] = [read(reference, markup), read(shadow, markup)];
  const lines = changedLines(left.lines, right.lines).map((line) => numbered(line, left, right));
  const shown = lines.slice(0, MAX_LINES).map(lineDifference);
  if (lines.length <= MAX_LINES) return shown;
  const rest: Difference = { part: "body", kind: "length", path: "body", pattern: "body", traits: ["cut"] };
  return [...shown, rest];
}

interface Text {
  /** Without white space at their ends, nor empty lines at the end of the text. */
  readonly lines: readonly string[];
  /** Where they stood in the text as it was sent; the first is 1. */
  readonly numbers: readonly number[];
}

/** Where a tag ends and the next begins, a new line is no more than layout. */
function onOneLine(text: string): string {
  return text
    .replaceAll(/\s+/g, (space, at: number) => {
      const betweenTags = text[at - 1] === ">" && text[at + space.length] === "<";
      return betweenTags && space.includes("\n") ? "" : " ";
    })
    .trim();
}

function read(text: string, markup: boolean): Text {
  const whole = text.replace(/^\uFEFF/, "").trimEnd();
  const all = whole === "" ? [] : whole.split(/\r\n?|\n/);
  const lines = all.map((line) => (markup ? line.replaceAll(/\s+/g, " ").trim() : line.trimEnd()));
  const kept = [...lines.keys()].filter((at) => !markup || lines[at] !== "");
  return { lines: kept.map((at) => lines[at] ?? ""), numbers: kept.map((at) => at + 1) };
}

function numbered(line: Line, reference: Text, shadow: Text): Line {
  const { numbers } = line.reference === undefined ? shadow : reference;
  return { ...line, number: numbers[line.number - 1] ?? line.number };
}

function lineDifference({ number, reference, shadow }: Line): Difference {
  const place = { part: "body", path: `body:line ${number}`, pattern: "body:line *" } as const;
  const [left, right] = excerptsOf(reference ?? "", shadow ?? "");
  if (reference === undefined) return { ...place, kind: "extra", shadow: right };
  if (shadow === undefined) return { ...place, kind: "missing", reference: left };
  return { ...place, kind: "value", reference: left, shadow: right };
}

function changedLines(reference: readonly string[], shadow: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < reference.length && start < shadow.length && reference[start] === shadow[start]) start++;
  let end = 0;
  while (
    end < reference.length - start &&
    end < shadow.length - start &&
    reference[reference.length - 1 - end] === shadow[shadow.length - 1 - end]
  )
    end++;
  const left = reference.slice(start, reference.length - end);
  const right = shadow.slice(start, shadow.length - end);
  const aligned = isShifted(left, right) && left.length <= MAX_ALIGNED_LINES && right.length <= MAX_ALIGNED_LINES;
  const blocks = aligned ? commonLines(left, right) : [];
  return [...blocks, [left.length, right.length] as const].flatMap((stop, index, all) => {
    const [fromLeft, fromRight] =
      index === 0 ? [0, 0] : [(all[index - 1]?.[0] ?? 0) + 1, (all[index - 1]?.[1] ?? 0) + 1];
    return gap({ left, right, start }, [fromLeft, fromRight], stop);
  });
}

/** Lining up costs the square of the lines, and pays where equal lines stand at different places. */
function isShifted(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return true;
  const known = new Set(left);
  const shared = right.filter((line) => known.has(line)).length;
  return shared > right.filter((line, at) => line === left[at]).length;
}

interface Block {
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** Lines before the block. */
  readonly start: number;
}

/** The lines between two common ones: changed where both sides have one, missing or extra beyond. */
function gap(
  block: Block,
  [left, right]: readonly [number, number],
  [leftEnd, rightEnd]: readonly [number, number],
): readonly Line[] {
  const count = Math.max(leftEnd - left, rightEnd - right);
  const lines: Line[] = [];
  for (let i = 0; i < count; i++) {
    const reference = left + i < leftEnd ? block.left[left + i] : undefined;
    const shadow = right + i < rightEnd ? block.right[right + i] : undefined;
    if (reference === shadow) continue;
    const number = block.start + (reference === undefined ? right : left) + i + 1;
    lines.push({
      number,
      ...(reference === undefined ? {} : { reference }),
      ...(shadow === undefined ? {} : { shadow }),
    });
  }
  return lines;
}

/** Positions of a longest common subsequence of lines. Quadratic, hence the bound on its input. */
function commonLines(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const width = right.length + 1;
  const best = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      best[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
