/** The end of a text that the capture limit cut: it may be the start of a secret that nobody can recognise any more. */
import { characterTable, isIn } from "./characters.ts";

const DELIMITERS = characterTable(" \t\r\n<>\"'=&;,");

/** Groups of digits and capitals, as cards, IBANs and telephone numbers are written. */
const GROUPS_BEFORE = /(?:[A-Z0-9+()]{1,6}[ -]){1,9}$/;

/** `rest` is the last word, with the groups of a number before it. Both together are the text. */
export function withoutCutEnd(text: string): { readonly kept: string; readonly rest: string } {
  let start = text.length;
  while (start > 0 && !isIn(DELIMITERS, text.charCodeAt(start - 1))) start -= 1;
  const groups = GROUPS_BEFORE.exec(text.slice(Math.max(0, start - 64), start));
  if (groups !== null) start -= groups[0].length;
  return { kept: text.slice(0, start), rest: text.slice(start) };
}
