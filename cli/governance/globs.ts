/** Whether a path fits globs. Compiled once each; a name with a dot in front is a name like any other. */
import picomatch from "picomatch";

type Matcher = (path: string) => boolean;

/** Rules have some hundreds; a check that makes one of each file's name would keep them all. */
const MAX_COMPILED = 4_000;

const compiled = new Map<string, Matcher>();

/** Any of them, and none of those with `!` in front. Only such: everything but them. */
export function fits(path: string, globs: readonly string[]): boolean {
  let isIn = globs.length > 0 && globs.every((glob) => glob.startsWith("!"));
  for (const glob of globs) {
    if (glob.startsWith("!")) {
      if (matcherOf(glob.slice(1))(path)) return false;
    } else isIn ||= matcherOf(glob)(path);
  }
  return isIn;
}

function matcherOf(glob: string): Matcher {
  const known = compiled.get(glob);
  if (known !== undefined) return known;
  const matches = picomatch(glob.replace(/^\.?\//, ""), { dot: true, nonegate: true });
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  // No wildcard takes a line break, so a file with one in its name would slip past every rule.
  const fresh = (path: string): boolean => matches(path.replaceAll(/[\n\r\u2028\u2029]/g, "\ufffd"));
  compiled.set(glob, fresh);
  return fresh;
}
