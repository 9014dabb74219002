/**
 * Which text could end the parser of TypeScript: it is native and recursive, and a text nested deeply enough ends the whole process with it. A
 * cheap look, on the safe side: what it names is read in a process of its own, which costs time and nothing else.
 */

/** Brackets inside of brackets. The parser was seen to end from 3,000 on with 8 MB of stack; a process may have an eighth of that. */
const MAX_BRACKETS = 150;

/** Signs that nest without a bracket, in a whole text, with how many were seen to end it on 8 MB: from 8,900, from 15,000, from 70,000 (calls of calls among them). */
const NESTING_SIGNS: readonly (readonly [sign: RegExp, most: number])[] = [
  [/=>|\?|\belse\b|\bif\b|\bfor\b|\bwhile\b/g, 1_000],
  [/[=:]/g, 3_000],
  [/[([{!~+\-.*/&|`]|\b(?:new|typeof|void|await|delete|yield)\b/g, 20_000],
];

/** Strings and comments: closing brackets in them close nothing. */
const OPAQUE = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

export function mayNestDeeply(text: string): boolean {
  if (text.length <= MAX_BRACKETS) return false;
  if (depthOf(text) > MAX_BRACKETS) return true;
  return NESTING_SIGNS.some(([sign, most]) => text.length > most && hasMore(text, sign, most));
}

/** Of the text as it is and of the text without strings, whichever is deeper. */
function depthOf(text: string): number {
  const plain = rawDepth(text);
  return plain > MAX_BRACKETS ? plain : Math.max(plain, rawDepth(text.replaceAll(OPAQUE, "")));
}

function rawDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 40 || code === 91 || code === 123) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth -= 1;
  }
  return deepest;
}

function hasMore(text: string, sign: RegExp, most: number): boolean {
  sign.lastIndex = 0;
  for (let count = 0; count <= most; count += 1) if (sign.exec(text) === null) return false;
  return true;
}
