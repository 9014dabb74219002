/** A line of two texts side by side: what every kind of body is turned into before it is shown. */

/** `missing`: only production has it. `extra`: only the shadow has it. `type`: another JSON type. `order`: elements moved. */
export const MARKS = ["same", "missing", "extra", "changed", "type", "order"] as const;
export type Mark = (typeof MARKS)[number];

export interface Row {
  readonly mark: Mark;
  /** Levels of indentation. */
  readonly depth: number;
  /** Production's text; null where it has nothing. */
  readonly left: string | null;
  /** The shadow's text; null where it has nothing. */
  readonly right: string | null;
  /** `$.items[3].price`, as findings write it; null for lines of text. */
  readonly path: string | null;
}

/** A stretch of rows: shown, or equal and folded away. */
export interface Stretch {
  readonly folded: boolean;
  /** Index of its first row. */
  readonly start: number;
  readonly rows: readonly Row[];
}

/** Equal rows that stay visible around a difference. */
const CONTEXT_ROWS = 3;

/** Folding fewer rows than this hides more than it helps. */
const MIN_FOLD_ROWS = 4;

/** Cuts rows into stretches, folding equal ones that are far from any difference. */
export function stretches(rows: readonly Row[]): readonly Stretch[] {
  const near = nearDifference(rows);
  const cut: { folded: boolean; start: number; rows: Row[] }[] = [];
  for (const [at, row] of rows.entries()) {
    const folded = near[at] !== true;
    const last = cut.at(-1);
    if (last?.folded === folded) last.rows.push(row);
    else cut.push({ folded, start: at, rows: [row] });
  }
  return cut.map((each) => (each.rows.length < MIN_FOLD_ROWS ? { ...each, folded: false } : each));
}

function nearDifference(rows: readonly Row[]): readonly boolean[] {
  const near = rows.map(() => false);
  for (const [at, row] of rows.entries()) {
    if (row.mark !== "same") near.fill(true, Math.max(0, at - CONTEXT_ROWS), at + CONTEXT_ROWS + 1);
  }
  return near;
}
