/**
 * CSV as a list of objects, one per row: with a header row, columns are fields and their order means nothing; without one,
 * rows are lists of cells.
 */
import { readCsv, separatorOf } from "./csv-read.ts";
import { numericText, scalarText } from "./number-text.ts";
import { type JsonTexts, type Sides, type Text, wholeLines } from "./sides.ts";

/** `header`: the media type says whether there is one (`text/csv; header=absent`), otherwise null. RFC 4180, 3. */
export function csvTexts({ reference, shadow }: Sides, header: boolean | null = null): JsonTexts | null {
  const separator = separatorOf(reference.text);
  const [left, right] = [rowsOf(reference, separator), rowsOf(shadow, separator)];
  if (left.length === 0) return null;
  const named = header ?? hasHeader(left);
  const tables = [tableOf(left, named), tableOf(right, named)] as const;
  const numeric = numericColumns(...tables);
  const write = (table: Table, cut: boolean): Text => ({ text: written(table, numeric, cut), cut });
  return { reference: write(tables[0], reference.cut), shadow: write(tables[1], shadow.cut) };
}

type Rows = readonly (readonly string[])[];

function rowsOf(side: Text, separator: string): Rows {
  return readCsv(side.cut ? wholeLines(side).join("\n") : side.text, separator);
}

/** A first row of names: every cell is a text of its own, no number and not empty. */
function hasHeader([first = []]: Rows): boolean {
  return first.length > 1
    ? new Set(first).size === first.length && first.every((cell) => cell.trim() !== "" && !/^[-+\d.,\s%]+$/.test(cell))
    : /^[A-Za-z_][\w .-]*$/.test(first[0] ?? "");
}

interface Table {
  /** Null without a header. */
  readonly columns: readonly string[] | null;
  readonly rows: Rows;
}

function tableOf(rows: Rows, named: boolean): Table {
  if (!named) return { columns: null, rows };
  const seen = new Map<string, number>();
  const columns = (rows[0] ?? []).map((cell) => {
    const name = cell.trim();
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
  return { columns, rows: rows.slice(1) };
}

/** Columns, by name or position, whose filled cells are numbers: there 1.0 and 1 are one value. */
function numericColumns(reference: Table, shadow: Table): ReadonlySet<string> {
  const texts = new Map<string, { reference: string[]; shadow: string[] }>();
  for (const [side, table] of [["reference", reference] as const, ["shadow", shadow] as const])
    for (const row of table.rows)
      for (const [at, cell] of row.entries()) {
        const column = columnName(table, at);
        const known = texts.get(column) ?? { reference: [], shadow: [] };
        known[side].push(cell.trim());
        texts.set(column, known);
      }
  return new Set([...texts].flatMap(([column, found]) => (numericText(found.reference, found.shadow) ? [column] : [])));
}

function columnName({ columns }: Table, at: number): string {
  return columns?.[at] ?? `column ${at + 1}`;
}

function written(table: Table, numeric: ReadonlySet<string>, cut: boolean): string {
  const width = table.rows.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, at) => {
    const name = columnName(table, at);
    return { start: table.columns === null ? "" : `${JSON.stringify(name)}:`, numeric: numeric.has(name) };
  });
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, at) => {
      const column = columns[at];
      return `${column?.start ?? ""}${scalarText(cell.trim(), column?.numeric ?? false)}`;
    });
    return table.columns === null ? `[${cells.join(",")}]` : `{${cells.join(",")}}`;
  });
  return cut ? `[${rows.join(",")}` : `[${rows.join(",")}]`;
}
