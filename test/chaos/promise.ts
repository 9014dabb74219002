/** What a cell says at the end: one row for each promise, with what was measured, whether it was kept, and what was seen when not. */
export interface Row {
  /** The cell: what was broken, and how. */
  readonly cell: string;
  readonly promise: string;
  readonly goal: string;
  readonly measured: string;
  readonly isKept: boolean;
  /** Up to a few of what broke it. */
  readonly seen: readonly string[];
}

const SHOWN = 4;

export function row(cell: string, of: Omit<Row, "cell" | "seen"> & { readonly seen?: readonly string[] }): Row {
  return { cell, ...of, seen: (of.seen ?? []).slice(0, SHOWN) };
}

/** A promise that nothing of a kind happens. */
export function never(cell: string, promise: string, happened: readonly string[]): Row {
  return row(cell, {
    promise,
    goal: "0",
    measured: String(happened.length),
    isKept: happened.length === 0,
    seen: happened,
  });
}

/** A promise of a limit. `unit` stands behind both figures. */
export function atMost(cell: string, promise: string, { limit, value, unit }: Limited): Row {
  return row(cell, {
    promise,
    goal: `at most ${limit} ${unit}`,
    measured: `${rounded(value)} ${unit}`,
    isKept: value <= limit,
  });
}

interface Limited {
  readonly limit: number;
  readonly value: number;
  readonly unit: string;
}

function rounded(value: number): number {
  return Math.abs(value) < 10 ? Math.round(value * 100) / 100 : Math.round(value);
}
