/**
 * The table of algorithms that a repository writes in Markdown: which are allowed, where, and why. It is the authority; nothing here knows what is
 * safe.
 */

export const ALGORITHM_STATES = ["allowed", "forbidden", "exception"] as const;
export type AlgorithmState = (typeof ALGORITHM_STATES)[number];

export interface AlgorithmRow {
  /** As written, for messages. */
  readonly name: string;
  readonly state: AlgorithmState;
  /** Globs in backticks in the column on where it is used: an exception holds only there. */
  readonly where: readonly string[];
  readonly replacedBy: string;
}

/** Rows by the plain names of their algorithms; a row may name several, with commas between. */
export type AlgorithmTable = ReadonlyMap<string, readonly AlgorithmRow[]>;

/** Letters and digits alone: `SHA-256`, `sha256` and `SHA_256` are the same. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Empty where no table of the text has the columns `algorithm` and `status`. */
export function algorithmTable(markdown: string): AlgorithmTable {
  const table = new Map<string, AlgorithmRow[]>();
  let columns: Columns | null = null;
  for (const line of markdown.split(/\r?\n/)) {
    const cells = cellsOf(line);
    if (cells === null) columns = null;
    else if (columns === null) columns = columnsOf(cells);
    else
      for (const row of rowsOf(cells, columns))
        table.set(plainName(row.name), [...(table.get(plainName(row.name)) ?? []), row]);
  }
  return table;
}

interface Columns {
  readonly algorithm: number;
  readonly status: number;
  readonly where: number;
  readonly replacedBy: number;
}

/** Cells of a line of a table; null for every other line. A bar in a cell is written `\|`. */
function cellsOf(line: string): readonly string[] | null {
  const trimmed = line.trim();
  if (!trimmed.startsWith("|")) return null;
  return trimmed
    .replaceAll("\\|", "\u0000")
    .replaceAll(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.replaceAll("\u0000", "|").trim());
}

function columnsOf(cells: readonly string[]): Columns {
  const find = (pattern: RegExp): number => cells.findIndex((cell) => pattern.test(cell));
  return {
    algorithm: find(/^algorithms?$/i),
    status: find(/^status$/i),
    where: find(/^where/i),
    replacedBy: find(/^replace/i),
  };
}

function rowsOf(cells: readonly string[], columns: Columns): readonly AlgorithmRow[] {
  const status = (cells[columns.status] ?? "").toLowerCase();
  const state = ALGORITHM_STATES.find((each) => status.startsWith(each));
  if (state === undefined || columns.algorithm === -1) return [];
  const where = [...(cells[columns.where] ?? "").matchAll(/`([^`]+)`/g)].map(([, glob = ""]) => glob);
  const replacedBy = cells[columns.replacedBy] ?? "";
  return (cells[columns.algorithm] ?? "")
    .split(",")
    .map((name) => name.replaceAll(/[`*]/g, "").trim())
    .filter((name) => name !== "")
    .map((name) => ({ name, state, where, replacedBy }));
}
