/**
 * Rows side by side. Equal stretches are folded until asked for, and a very long comparison is cut until asked for.
 * A table by its roles, not its tags: some browsers take tags for no table once a phone's style sheet stacks its cells.
 */
import { useMemo, useState } from "react";
import { whole } from "../words/numbers.ts";
import { type Row, type Stretch, stretches } from "./align/row.ts";
import { LINE_COLUMNS, Line } from "./line.tsx";
import { type Tags, tagOfRow } from "./tags.ts";

/** Rows that are put on the page at first; a browser takes about a second for ten times as many. */
const MAX_ROWS = 1_500;

export interface LineTableProps {
  readonly label: string;
  /** The name of the left side. */
  readonly reference: string;
  readonly rows: readonly Row[];
  readonly tags: Tags;
}

export function LineTable({ label, reference, rows, tags }: LineTableProps) {
  const [all, setAll] = useState(false);
  const parts = useMemo(() => stretches(all ? rows : rows.slice(0, MAX_ROWS)), [rows, all]);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <p className="border-b border-line bg-sunken px-2 py-1.5 text-xs text-muted md:hidden">
        Where a line differs, {reference.toLowerCase()} stands above the shadow.
      </p>
      <div role="table" aria-label={label} className="font-mono text-xs leading-5">
        <div role="rowgroup" className="border-b border-line bg-sunken font-sans text-muted max-md:sr-only">
          <div role="row" className={LINE_COLUMNS}>
            <div role="columnheader">
              <span className="sr-only">Difference</span>
            </div>
            <div role="columnheader" className="px-2 py-1 font-medium">
              {reference}
            </div>
            <div role="columnheader" className="border-l border-line px-2 py-1 font-medium">
              Shadow
            </div>
          </div>
        </div>
        {parts.map((part) => (
          <Part key={part.start} part={part} tags={tags} />
        ))}
      </div>
      {!all && rows.length > MAX_ROWS && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="w-full border-t border-line bg-sunken py-2 text-xs font-medium"
        >
          Show the remaining {whole(rows.length - MAX_ROWS)} lines
        </button>
      )}
    </div>
  );
}

function Part({ part, tags }: { readonly part: Stretch; readonly tags: Tags }) {
  const [open, setOpen] = useState(!part.folded);
  return (
    <div role="rowgroup">
      {open ? (
        // Rows have no identity but their place, and are never reordered.
        part.rows.map((row, at) => <Line key={at} row={row} tag={tagOfRow(tags, row)} />)
      ) : (
        <div role="row" className="border-y border-line bg-sunken">
          <div role="cell" aria-colspan={3}>
            <button
              type="button"
              onClick={() => setOpen(true)}
              className="w-full py-1 font-sans text-muted hover:text-ink"
            >
              Show {whole(part.rows.length)} equal lines
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
