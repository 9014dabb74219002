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

/** `/v1/**` matches `/v1`, `/v1/a` and `/v1/a/b`. */
export function matchesGlob(glob: Glob, segments: readonly string[]): boolean {
  return walks({
    pattern: glob.length,
    text: segments.length,
    isStar: (next) => glob[next] === "**",
    fits: (next, at) => matchesSegment(glob[next] ?? "", segments[at] ?? ""),
  });
}

function matchesSegment(pattern: string, text: string): boolean {
  if (!pattern.includes("*")) return pattern === text;
  return walks({
    pattern: pattern.length,
    text: text.length,
    isStar: (next) => pattern[next] === "*",
    fits: (next, at) => pattern[next] === text[at],
  });
}

/** A pattern and a text by their lengths, and what is at a place of the pattern. */
interface Walk {
  readonly pattern: number;
  readonly text: number;
  readonly isStar: (next: number) => boolean;
  /** Whether that place of the pattern, no star, stands for that place of the text. */
  readonly fits: (next: number, at: number) => boolean;
}

/** Greedy, with one way back: the last star takes one more. An earlier one never has to, because it took as little as it could. */
function walks({ pattern, text, isStar, fits }: Walk): boolean {
  let [at, next, backTo, backFrom] = [0, 0, -1, 0];
  while (at < text) {
    if (isStar(next)) {
      backTo = next;
      backFrom = at;
      next += 1;
    } else if (next < pattern && fits(next, at)) {
      at += 1;
      next += 1;
    } else if (backTo >= 0) {
      backFrom += 1;
      at = backFrom;
      next = backTo + 1;
    } else return false;
  }
  while (isStar(next)) next += 1;
  return next === pattern;
}
