/**
 * Names beside values in text without a grammar we read: markup, source, logs, queries, forms, broken JSON. A native search
 * finds where a secret name may stand; only there the name is read, and then the value in whatever notation follows.
 * Rather one value too many: equality survives redaction, a secret would not.
 */

import { type Assigned, assignedValue, endOfBare } from "./assigned.ts";
import { characterTable, DIGITS, isIn, LETTERS } from "./characters.ts";
import { percentDecoded } from "./encoded.ts";
import { redactJsonValue } from "./json.ts";
import { elementValues } from "./markup.ts";
import type { Redaction } from "./redaction.ts";

/** What stands in the place of a part of the text. */
export interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A name in a text: `text.slice(start, end)`. Nothing before `from` may be touched any more. */
export interface NameAt {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

const NAME_CHARACTERS = characterTable(`${DIGITS}${LETTERS}_.-$%~[]`);

/** Longer names are not read; the work stays bounded. */
const MAX_NAME_CHARS = 128;

export function redactNamed(text: string, redaction: Redaction): string {
  const { stems } = redaction.rules;
  stems.lastIndex = 0;
  if (!stems.test(text)) return text;
  const pieces: string[] = [];
  let copied = 0;
  stems.lastIndex = 0;
  for (let hit = stems.exec(text); hit !== null; hit = stems.exec(text)) {
    const name = nameAround(text, hit.index, copied);
    let next = name.end;
    if (redaction.isSecretName(percentDecoded(text.slice(name.start, name.end))))
      for (const replaced of valuesBeside(name, redaction)) {
        pieces.push(text.slice(copied, replaced.start), replaced.text);
        copied = replaced.end;
        next = Math.max(next, copied);
      }
    stems.lastIndex = Math.max(next, hit.index + 1);
  }
  return copied === 0 ? text : pieces.join("") + text.slice(copied);
}

function nameAround(text: string, hit: number, from: number): NameAt {
  let start = hit;
  while (start > from && hit - start < MAX_NAME_CHARS && isNameCode(text.charCodeAt(start - 1))) start -= 1;
  let end = hit;
  while (end - hit < MAX_NAME_CHARS && isNameCode(text.charCodeAt(end))) end += 1;
  return { text, start, end, from };
}

/** Letters beyond ASCII are letters of names too. */
function isNameCode(code: number): boolean {
  return code >= 128 || isIn(NAME_CHARACTERS, code);
}

/** In the order of the text, without overlaps. */
function valuesBeside(name: NameAt, redaction: Redaction): readonly Replaced[] {
  const assigned = assignedValue(name);
  if (assigned === undefined)
    return elementValues(name).map((span) => ({
      ...span,
      text: redaction.replace("string", name.text.slice(span.start, span.end)),
    }));
  if (assigned.kind === "container") return [containerBeside(name.text, assigned, redaction)];
  const value = percentDecoded(name.text.slice(assigned.start, assigned.end));
  return [{ start: assigned.start, end: assigned.end, text: redaction.replace("string", value) }];
}

/** What is no JSON goes up to where a plain value would end, so that what is left is read again as it was read here. */
function containerBeside(
  text: string,
  { start, notation }: Extract<Assigned, { kind: "container" }>,
  redaction: Redaction,
): Replaced {
  const read = redactJsonValue(text, start, redaction);
  if (read.text !== null) return { start, end: read.end, text: read.text };
  const end = endOfBare(text, read.end, notation);
  return { start, end, text: redaction.replace("string", text.slice(start, end)) };
}
