/**
 * A text of several words of which second answers move some: the others are as fixed as a field of their own. Noise in one
 * word of a line must not hide a change of another.
 */
import type { Difference } from "../compare/difference.ts";
import { bothStrings } from "../compare/excerpt-value.ts";

/** A text whose words mostly move is another text each time; only few moving words say that the rest stays. */
const MAX_MOVING_SHARE = 0.25;
const MIN_WORDS = 4;

/** False when words differ that the second answers kept while they moved a few others. `second`: their difference at the path. */
export function isOnlyWhatMoves(difference: Difference, second: Difference | null): boolean {
  const [texts, moved] = [bothStrings(difference), second === null ? null : bothStrings(second)];
  if (texts === null || moved === null) return true;
  const [reference, shadow] = [wordsOf(texts[0]), wordsOf(texts[1])];
  const [first, again] = [wordsOf(moved[0]), wordsOf(moved[1])];
  if (first.length < MIN_WORDS || first.length !== again.length || reference.length !== first.length) return true;
  const moving = new Set([...first.keys()].filter((at) => first[at] !== again[at]));
  if (moving.size > first.length * MAX_MOVING_SHARE) return true;
  if (shadow.length !== reference.length) return false;
  return [...reference.keys()].every((at) => reference[at] === shadow[at] || moving.has(at));
}

/** Words, and what stands between tags, quotes and signs. */
function wordsOf(text: string): readonly string[] {
  return text.split(/[\s<>"'=,;|()[\]{}]+/).filter((word) => word !== "");
}
