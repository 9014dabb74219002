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
  const rows = readCsv(side.cut ? wholeLines(side).join("\n") : side.text, separator);
  return rows.map((row) => row.map((cell) => cell.trim()));
}

/** A first row of names: every cell is a text of its own, no number and not empty. */
function hasHeader([first = []]: Rows): boolean {
  return first.length > 1
    ? new Set(first).size === first.length && first.every((cell) => cell !== "" && !/^[-+\d.,\s%]+$/.test(cell))
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
    const nth = (seen.get(cell) ?? 0) + 1;
    seen.set(cell, nth);
    return nth === 1 ? cell : `${cell} (${nth})`;
  });
  return { columns, rows: rows.slice(1) };
}

/** Columns, by name, whose filled cells are numbers: there 1.0 and 1 are one value. */
function numericColumns(reference: Table, shadow: Table): ReadonlySet<string> {
  const [left, right] = [positions(reference), positions(shadow)];
  const numeric = new Set<string>();
  for (const [column, at] of left) {
    const other = right.get(column);
    const cells = other === undefined ? [] : cellsAt(shadow, other);
    if (numericText(cellsAt(reference, at), cells)) numeric.add(column);
  }
  return numeric;
}

/** Where each column stands. */
function positions(table: Table): ReadonlyMap<string, number> {
  return new Map(Array.from({ length: widthOf(table) }, (_, at) => [columnName(table, at), at]));
}

function cellsAt({ rows }: Table, at: number): readonly string[] {
  const cells: string[] = [];
  for (const row of rows) {
    const cell = row[at];
    if (cell !== undefined) cells.push(cell);
  }
  return cells;
}

function widthOf({ rows }: Table): number {
  return rows.reduce((most, row) => Math.max(most, row.length), 0);
}

function columnName({ columns }: Table, at: number): string {
  return columns?.[at] ?? `column ${at + 1}`;
}

function written(table: Table, numeric: ReadonlySet<string>, cut: boolean): string {
  const columns = Array.from({ length: widthOf(table) }, (_, at) => {
    const name = columnName(table, at);
    return { start: table.columns === null ? "" : `${JSON.stringify(name)}:`, numeric: numeric.has(name) };
  });
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, at) => {
      const column = columns[at];
      return `${column?.start ?? ""}${scalarText(cell, column?.numeric ?? false)}`;
    });
    return table.columns === null ? `[${cells.join(",")}]` : `{${cells.join(",")}}`;
  });
  return cut ? `[${rows.join(",")}` : `[${rows.join(",")}]`;
}
