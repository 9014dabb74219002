/**
 * Files that a build made, as pages name them: their names carry a hash of their content, and another build gives another one.
 * Whether a file changed is for a look at the file, not at every page that names it.
 */
import { isAssetPath } from "../compare/names.ts";

/** `app.3f2a9c01.css`, `index-Ck92LmNp.js`, `logo.png?v=17`. Needs a digit or letters of both cases, so that words stay words. */
const FINGERPRINT =
  /[.~_-](?=[\w-]{0,40}(?:\d|[a-z][A-Z]))[A-Za-z0-9_-]{6,40}(?=\.[a-z0-9]{2,5}(?:$|\?))|(?<=\.[a-z0-9]{2,5})\?[\w.=-]{1,64}$/g;

/** Longer texts are no names of files. */
const MAX_CHARS = 300;

export function assetReason(pattern: string, reference: string, shadow: string): string | null {
  if (!isAssetPath(pattern) || reference.length > MAX_CHARS || shadow.length > MAX_CHARS) return null;
  const [left, right] = [reference, shadow].map((text) => text.replaceAll(FINGERPRINT, "\u0000"));
  return left === right && left?.includes("\u0000") === true ? "differs only in the fingerprint of a built file" : null;
}
