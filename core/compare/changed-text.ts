/**
 * What one text has that another has not, found without reading either: runs of equal text are skipped by comparing whole
 * slices, and behind a difference the texts are brought together again. For rules that search bodies: most of two bodies is
 * equal, and what stands in both is nobody's news. Says nothing about structure.
 */

/** What changed, in the shadow's text, and the changed characters of both sides. */
export interface ChangedText {
  /** Each change with what stands around it, joined by line breaks. */
  readonly around: string;
  /** The characters that only one side has. */
  readonly changed: string;
}

/** Characters around a change in which something may begin or end that the change made. The rules' signs are shorter. */
const MARGIN_CHARS = 1_000;

/** More changes than this, or changes that with their margins are more than this share of the text: search it all. */
const MAX_CHANGES = 400;
const MAX_SHARE = 0.5;

/** How much of both texts must be equal behind a change for them to be together again. */
const TOGETHER_CHARS = 48;
const ANCHOR_CHARS = 16;

/** Where anchors are tried behind a changed value, and how far away an added or removed part may end. */
const SKIPS = [4, 12, 28, 60];
const MAX_PART_CHARS = 8_192;

const PIECES = [8_192, 1_024, 128];

interface Texts {
  readonly reference: string;
  readonly shadow: string;
}

/** A position in the reference and one in the shadow. */
type At = readonly [number, number];

/** Null where the texts are too different to say. */
export function changedText(reference: string, shadow: string): ChangedText | null {
  const texts = { reference, shadow };
  const isJson = /^\s*[[{]/.test(shadow);
  const around: string[] = [];
  const changed: string[] = [];
  let room = shadow.length * MAX_SHARE;
  for (let at: At = equalTo(texts, [0, 0]); ; ) {
    const isEnd = at[0] === reference.length && at[1] === shadow.length;
    if (isEnd) return { around: around.join("\n"), changed: changed.join("\n") };
    const behind = togetherAgain(texts, at);
    if (behind === null || changed.length >= MAX_CHANGES) return null;
    changed.push(reference.slice(at[0], behind[0]), shadow.slice(at[1], behind[1]));
    const part = surroundings(shadow, [at[1], behind[1]], isJson);
    room -= part.length;
    if (room < 0) return null;
    around.push(part);
    at = equalTo(texts, behind);
  }
}

/** Both positions moved on as far as the texts are equal. */
function equalTo({ reference, shadow }: Texts, [left, right]: At): At {
  const end = Math.min(reference.length - left, shadow.length - right);
  const shift = right - left;
  let at = left;
  for (const size of PIECES)
    while (at + size <= left + end && reference.slice(at, at + size) === shadow.slice(at + shift, at + shift + size))
      at += size;
  while (at < left + end && reference.charCodeAt(at) === shadow.charCodeAt(at + shift)) at++;
  return [at, at + shift];
}

/** The places behind a change: of a value, or of an added or removed part; the texts' ends count as equal. Null for none. */
function togetherAgain(texts: Texts, at: At): At | null {
  const behind = behindValue(texts, at) ?? behindPart(texts, at) ?? behindAll(texts, at);
  if (behind === null) return null;
  let [left, right] = behind;
  const { reference, shadow } = texts;
  while (left > at[0] && right > at[1] && reference.charCodeAt(left - 1) === shadow.charCodeAt(right - 1)) {
    left--;
    right--;
  }
  return [left, right];
}

function behindValue({ reference, shadow }: Texts, [left, right]: At): At | null {
  for (const skip of SKIPS) {
    const anchor = shadow.slice(right + skip, right + skip + ANCHOR_CHARS);
    if (anchor.length < ANCHOR_CHARS) return null;
    const found = reference.slice(left, left + 2 * skip + 4 * ANCHOR_CHARS).indexOf(anchor);
    if (found === -1) continue;
    const expected = shadow.slice(right + skip, right + skip + TOGETHER_CHARS);
    const other = reference.slice(left + found, left + found + TOGETHER_CHARS);
    if (expected === other) return [left + found, right + skip];
  }
  return null;
}

/** What one side goes on with stands further on in the other. */
function behindPart({ reference, shadow }: Texts, [left, right]: At): At | null {
  const [kept, other] = [reference.slice(left, left + TOGETHER_CHARS), shadow.slice(right, right + TOGETHER_CHARS)];
  const added = kept.length < TOGETHER_CHARS ? -1 : shadow.slice(right, right + MAX_PART_CHARS).indexOf(kept);
  if (added !== -1) return [left, right + added];
  const lost = other.length < TOGETHER_CHARS ? -1 : reference.slice(left, left + MAX_PART_CHARS).indexOf(other);
  return lost === -1 ? null : [left + lost, right];
}

/** Near the ends there is nothing to come together in. */
function behindAll({ reference, shadow }: Texts, [left, right]: At): At | null {
  const isNear = Math.max(reference.length - left, shadow.length - right) <= MAX_PART_CHARS;
  return isNear ? [reference.length, shadow.length] : null;
}

/** In JSON up to the texts beside it: nothing that a rule looks for goes on from one text into the next. */
function surroundings(text: string, [start, end]: readonly [number, number], isJson: boolean): string {
  const before = text.slice(Math.max(0, start - MARGIN_CHARS), start);
  const after = text.slice(end, end + MARGIN_CHARS);
  const from = isJson ? lastBorder(before) : 0;
  const to = isJson ? firstBorder(after) : after.length;
  return `${before.slice(from)}${text.slice(start, end)}${after.slice(0, to)}`;
}

/** Where one text ends and another begins. Inside of a text, a backslash stands before the first quote. */
const BORDER = '","';

function lastBorder(text: string): number {
  let at = text.lastIndexOf(BORDER);
  while (at > 0 && text[at - 1] === "\\") at = text.lastIndexOf(BORDER, at - 1);
  return Math.max(0, at);
}

function firstBorder(text: string): number {
  let at = text.indexOf(BORDER, 1);
  while (at > 0 && text[at - 1] === "\\") at = text.indexOf(BORDER, at + 1);
  return at === -1 ? text.length : at + BORDER.length;
}
