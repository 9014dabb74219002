/** An analysis in words, for the terminal. Pure. */
import type { Analysis, Finding } from "./analyse.ts";

const SHOWN_CHARS = 240;

export function analysisWords({ statements, missing, sorts }: Analysis, minRows: number): readonly string[] {
  const head =
    missing.length === 0
      ? `${statements} statements: none walks through a table of ${minRows} rows or more, and no index would save a sort.`
      : `${statements} statements, ${missing.length} of them without the index they need:`;
  return [head, ...missing.flatMap(findingWords), ...sortWords(sorts)];
}

function findingWords(finding: Finding): readonly string[] {
  const { table, rows, detail, sql, index } = finding;
  const cure =
    index === null
      ? "No single index serves it: the statement has to ask for less, or otherwise."
      : index.definedIn === null
        ? `Missing index: ${index.sql}`
        : `Missing index, which ${index.definedIn} creates and this database has lost: ${index.sql}`;
  return ["", `${table} (${rows} rows): ${detail}`, `  ${shortened(sql)}`, `  ${cure}`];
}

function sortWords(sorts: readonly Finding[]): readonly string[] {
  if (sorts.length === 0) return [];
  const tables = [...new Set(sorts.map(({ table }) => table))].join(", ");
  return ["", `${sorts.length} sort what an index found (${tables}), and no index has that order.`];
}

function shortened(sql: string): string {
  // What it asks for, not what it shows, decides about indexes.
  const line = sql
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/^select .{40,}? from /i, "select … from ");
  return line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS)}…` : line;
}
