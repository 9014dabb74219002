/**
 * A stranger's words for a terminal or a log of CI: names of files, of fields, of hosts. Nothing in them moves the cursor, begins a line or
 * speaks to the runner of GitHub Actions, which takes `::name::` at the beginning of a line and `##[name]` anywhere in it for commands: one that
 * masks the word `true` would empty the outputs of a job, and those that wait for them would be skipped.
 */

/** On one line: a line break is a blank, every other character that is not seen is named. */
export function logText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (each) => (each === "\n" ? " " : named(each)))
    .replaceAll("##[", `#${named("#")}[`)
    .replace(/^\s*::/, (start) => start.replace(":", named(":")));
}

function named(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
