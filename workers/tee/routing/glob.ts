/**
 * Path globs of a deployment's filters. `*` stands for any characters within one segment, `**` as a segment for any number of
 * segments. Apart because the patterns come from a repository and the paths from anyone: the work is bounded by the product
 * of both lengths, whatever they are, which a regular expression does not promise.
 */

/** A pattern by its segments; made once per routing table. */
export type Glob = readonly string[];

/** Longest pattern that is read, in characters; a longer one matches nothing. */
const MAX_PATTERN_CHARS = 1_000;

export function globOf(pattern: string): Glob {
  return pattern.length > MAX_PATTERN_CHARS ? ["\0"] : segmentsOf(pattern);
}

/** A leading and a trailing slash do not count: `/v1/` and `/v1` are one place. */
export function segmentsOf(path: string): readonly string[] {
  const start = path.startsWith("/") ? 1 : 0;
  const end = path.length > start && path.endsWith("/") ? path.length - 1 : path.length;
  return path.slice(start, end).split("/");
}

/** `/v1/**` matches `/v1`, `/v1/a` and `/v1/a/b`. Greedy with one way back: to the last `**`. */
export function matchesGlob(glob: Glob, segments: readonly string[]): boolean {
  let [at, next, backTo, backFrom] = [0, 0, -1, 0];
  while (at < segments.length) {
    const wanted = glob[next];
    if (wanted === "**") {
      backTo = next;
      backFrom = at;
      next += 1;
    } else if (wanted !== undefined && matchesSegment(wanted, segments[at] ?? "")) {
      at += 1;
      next += 1;
    } else if (backTo >= 0) {
      backFrom += 1;
      at = backFrom;
      next = backTo + 1;
    } else return false;
  }
  while (glob[next] === "**") next += 1;
  return next === glob.length;
}

/** The same walk over characters, for `*`. */
function matchesSegment(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  let [at, next, backTo, backFrom] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[next] === "*") {
      backTo = next;
      backFrom = at;
      next += 1;
    } else if (pattern[next] === text[at] && next < pattern.length) {
      at += 1;
      next += 1;
    } else if (backTo >= 0) {
      backFrom += 1;
      at = backFrom;
      next = backTo + 1;
    } else return false;
  }
  while (pattern[next] === "*") next += 1;
  return next === pattern.length;
}
