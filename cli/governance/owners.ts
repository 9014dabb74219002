/** CODEOWNERS: patterns as in .gitignore without its negations, and the last that fits decides. */
import ignore from "ignore";

/** In the order in which GitHub looks. */
export const CODEOWNERS_PATHS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** GitHub reads no larger one. */
const MAX_CHARS = 3 * 1024 * 1024;

interface Row {
  readonly fits: (path: string) => boolean;
  readonly owners: readonly string[];
}

/** Owners of a path: `@user`, `@org/team` or an address. Empty where nobody owns it, on purpose or not. */
export type Owners = (path: string) => readonly string[];

export function readOwners(text: string): Owners {
  const rows = rowsOf(text.slice(0, MAX_CHARS)).toReversed();
  return (path) => rows.find(({ fits }) => fits(path))?.owners ?? [];
}

/** Every team and person that the file names. */
export function namedOwners(text: string): readonly string[] {
  return [...new Set(rowsOf(text.slice(0, MAX_CHARS)).flatMap(({ owners }) => owners))];
}

function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = [];
  let sectionOwners: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [first = "", ...rest] = wordsOf(line);
    // GitLab's sections: `[Name] @owner`, `^[Name]` and `[Name][2]`; their owners hold where a line has none.
    if (/^\^?\[[^\]]+\](?:\[\d+\])?$/.test(first)) sectionOwners = rest.filter(isOwner);
    else if (first !== "") {
      const owners = rest.filter(isOwner);
      rows.push(rowOf(first, owners.length === 0 ? sectionOwners : owners));
    }
  }
  return rows;
}

/** Between blanks that no backslash protects; from `#` on it is a comment. */
function wordsOf(line: string): readonly string[] {
  const section = /^\s*(\^?\[[^\]]+\](?:\[\d+\])?)(.*)$/.exec(line);
  const [head, tail] = section === null ? ["", line] : [section[1] ?? "", section[2] ?? ""];
  const words = tail.match(/(?:\\.|[^\s\\])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  const kept = comment < 0 ? words : words.slice(0, comment);
  return head === "" ? kept : [head, ...kept];
}

function isOwner(word: string): boolean {
  return word.includes("@");
}

function rowOf(pattern: string, owners: readonly string[]): Row {
  // `docs/*` is the files of that folder alone, other than in .gitignore, where a folder that fits takes what is below along.
  const isShallow = /[^*]\/\*$|^\/?\*\.[^/]*$/.test(pattern) && pattern.includes("/");
  const depth = pattern.replace(/^\//, "").split("/").length;
  const matcher = ignore({ ignorecase: false }).add(pattern.startsWith("!") ? `\\${pattern}` : pattern);
  const word = wordOf(pattern);
  const fits = (path: string) =>
    path.includes(word) && matcher.ignores(path) && !(isShallow && path.split("/").length > depth);
  return { fits, owners };
}

/** The longest part without wildcards, which every path that fits holds: a cheap look before the dear one. */
function wordOf(pattern: string): string {
  const [plain = ""] = pattern.split("[");
  return plain.split(/[*?\\/]/).toSorted((a, b) => b.length - a.length)[0] ?? "";
}
