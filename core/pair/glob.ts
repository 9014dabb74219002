/**
 * Path globs of filters and route rules. `*` stands for any characters within one segment, `**` as a segment for any number of
 * segments. Apart because the patterns come from a repository and the paths from anyone: the work is bounded by the product
 * of both lengths, whatever they are, which a regular expression does not promise.
 */

/** A segment that is not `**`, by the texts around and between its stars. */
interface Segment {
  readonly first: string;
  readonly between: readonly string[];
  /** Null where it has no star and is `first` alone. */
  readonly last: string | null;
  /** Shorter texts cannot match, which spares most of the looking. */
  readonly leastChars: number;
}

/** Null is `**`. */
type Part = Segment | null;

/** A pattern by its segments; made once per routing table. */
export type Glob = readonly Part[];

/** Longest pattern that is read, in characters; a longer one matches nothing. */
const MAX_PATTERN_CHARS = 1_000;

export function globOf(pattern: string): Glob {
  return segmentsOf(pattern.length > MAX_PATTERN_CHARS ? "\0" : pattern).map(partOf);
}

function partOf(text: string): Part {
  if (text === "**") return null;
  const [first = "", ...between] = text.split("*");
  const last = between.pop() ?? null;
  return { first, between, last, leastChars: text.replaceAll("*", "").length };
}

/** A leading and a trailing slash do not count: `/v1/` and `/v1` are one place. */
export function segmentsOf(path: string): readonly string[] {
  const start = path.startsWith("/") ? 1 : 0;
  const end = path.length > start && path.endsWith("/") ? path.length - 1 : path.length;
  return path.slice(start, end).split("/");
}

/**
 * `/v1/**` matches `/v1`, `/v1/a` and `/v1/a/b`. Greedy, with one way back: the last `**` takes one more. An earlier one never
 * has to, because it took as little as it could.
 */
export function matchesGlob(glob: Glob, segments: readonly string[]): boolean {
  let [at, next, backTo, backFrom] = [0, 0, -1, 0];
  while (at < segments.length) {
    const part = glob[next];
    if (part === null) {
      backTo = next;
      backFrom = at;
      next += 1;
    } else if (part !== undefined && matchesSegment(part, segments[at] ?? "")) {
      at += 1;
      next += 1;
    } else if (backTo >= 0) {
      backFrom += 1;
      at = backFrom;
      next = backTo + 1;
    } else return false;
  }
  while (glob[next] === null) next += 1;
  return next === glob.length;
}

/** Each text as early as it can stand, by the runtime's own search: a hundred globs on a path of 16 KB are soon read. */
function matchesSegment({ first, between, last, leastChars }: Segment, text: string): boolean {
  if (text.length < leastChars) return false;
  if (last === null) return first === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of between) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
