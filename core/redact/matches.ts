/** Replaces the part called `value` of every match and keeps the rest: what all expressions of redaction have in common. */

export type Groups = Readonly<Record<string, string | undefined>>;

/**
 * The expression is global and names its groups: `value` is what goes, everything before it in the match must be covered
 * by `before`, `name` and `between`, in that order, and nothing follows it. `replacement` gets the groups and returns what
 * stands in the value's place.
 */
export function replaceValues(text: string, expression: RegExp, replacement: (groups: Groups) => string): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const match of text.matchAll(expression)) {
    const groups = match.groups ?? {};
    const value = groups["value"] ?? match[0];
    const end = match.index + match[0].length;
    pieces.push(text.slice(copied, end - value.length), replacement(groups));
    copied = end;
  }
  return copied === 0 ? text : pieces.join("") + text.slice(copied);
}
