/** Tables in Markdown. Names of files, rules and endpoints are data of the change under review: they never become markup. */

/** A table; cells are escaped here and nowhere else. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(escapedCell)))].join("\n");
}

/** Text that shows as it is: no markup, no HTML, no mention of anyone, no line break. */
export function escapedCell(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f]+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\|`*_[\]~#]/g, (mark) => `\\${mark}`)
    .replaceAll("@", "@\u200b")
    .slice(0, MAX_CELL_CHARS);
}

/** Characters of one cell. */
const MAX_CELL_CHARS = 400;
