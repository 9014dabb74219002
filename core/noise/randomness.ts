/** Whether a text looks as if chance had made it: many different characters, and changes between letters and digits. */

/** Entropy per character of a random token (Shannon, in bits). */
const MIN_TOKEN_BITS = 3;

/** Changes between small letters, capitals and digits that a random token of that length shows at the very least. */
const MIN_CLASS_CHANGES = 3;

/**
 * Share of its letters that stand in pronounceable words, from which on a text is a name (`iPhone15ProMax256GB`,
 * `summer-sale-2026`). Small letters alone spell words by chance, so they need nearly all.
 */
const WORDS_SHARE = 0.7;
const WORDS_SHARE_OF_SMALL = 0.9;

/** A prefix such as `sess_` says what it is; the randomness comes after it. */
export function isRandom(text: string, minChars: number): boolean {
  const body = text.replace(/^v\d{1,2}\./, "").replace(/^[a-z]{2,8}(?:_(?:live|test|prod|dev))?_/, "");
  if (body.length < minChars || !isTokenText(body) || !/\d/.test(body) || !/[a-z]/i.test(body)) return false;
  return (
    !readsAsWords(body) &&
    entropy(body) >= Math.min(MIN_TOKEN_BITS, Math.log2(body.length) - 0.75) &&
    classChanges(body) >= Math.max(MIN_CLASS_CHANGES, Math.floor(body.length / 6))
  );
}

/** Twelve letters and more of both cases, by chance without a digit; only where a name says that it is a token. */
export function isRandomLetters(text: string): boolean {
  if (!/^(?=.*[a-z])(?=.*[A-Z])[A-Za-z_-]{12,}$/.test(text)) return false;
  return !readsAsWords(text) && classChanges(text) >= Math.floor(text.length / 4);
}

function readsAsWords(text: string): boolean {
  const letters = text.replaceAll(/[^A-Za-z]/g, "").length;
  const runs = text.match(/[A-Z]?[a-z]{2,}|[A-Z]{3,}/g) ?? [];
  const words = runs.filter((run) => run.length > 2 && /[aeiou]/i.test(run) && !/[^aeiouy]{4}/i.test(run));
  const named = words.reduce((sum, word) => sum + word.length, 0);
  return named >= letters * (/[_-]|[A-Z].*[a-z]|[a-z].*[A-Z]/.test(text) ? WORDS_SHARE : WORDS_SHARE_OF_SMALL);
}

/** All zeros, all f, `0123456789abcdef`: a placeholder that stands where a value should. */
export function isDegenerate(text: string): boolean {
  const hex = text
    .toLowerCase()
    .replace(/^urn:uuid:/, "")
    .replaceAll(/[^0-9a-z]/g, "");
  return new Set(hex).size <= 2 || "0123456789abcdef0123456789abcdef".includes(hex.slice(0, 24));
}

/** Base64url or plain base64. A text with slashes and dashes, or with dots, is a path or a host rather than a token. */
function isTokenText(text: string): boolean {
  return /^[\w~-]+={0,2}$/.test(text) || /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How often letters, capitals and digits alternate. Words with a number behind them change once or twice. */
function classChanges(text: string): number {
  const classes = text
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .replaceAll(/[a-z]/g, "a")
    .replaceAll(/[A-Z]/g, "A")
    .replaceAll(/\d/g, "0");
  let changes = 0;
  for (let i = 1; i < classes.length; i++) if (classes[i] !== classes[i - 1]) changes++;
  return changes;
}

/**
 * Two draws agree at a place by chance once in 16 times (hexadecimal) or less, so that two values which agree at most
 * places are one value in which something was changed: `WDB9630321L000017` and `WDB9630321L000071`.
 */
const MAX_AGREEING_SHARE = 0.6;

/** Whether the two could have been drawn apart from each other. Not for ids that begin with the time or count up. */
export function areDrawnApart(reference: string, shadow: string): boolean {
  const length = Math.max(reference.length, shadow.length);
  let agreeing = 0;
  for (let at = 0; at < length; at++) if (reference[at] === shadow[at]) agreeing++;
  return agreeing <= length * MAX_AGREEING_SHARE;
}
