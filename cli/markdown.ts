/** Text and tables in Markdown, for every command that writes some. Names of files, rules and endpoints are data of the change under review: they never become markup. */

/** A table; cells are escaped here and nowhere else. `align`: the line below the head, `---:` for a column of numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly string[] = head.map(() => "---"),
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(align), ...rows.map((row) => line(row.map(escapedText)))].join("\n");
}

/** Text that shows as it is: no markup, no HTML, no mention of anyone, no line break. */
export function escapedText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f]+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\|`*_[\]~#]/g, (mark) => `\\${mark}`)
    .replaceAll("@", "@\u200b")
    .slice(0, MAX_TEXT_CHARS);
}

/** Characters of one text. */
const MAX_TEXT_CHARS = 400;
