/**
 * Rows side by side. On a phone each difference stands as two lines, production's above the shadow's. Equal stretches are
 * folded until asked for, and a very long comparison is cut until asked for. Roles are spelled out because some browsers
 * take a table for none once a phone's style sheet lays it out as blocks.
 */
import { useMemo, useState } from "react";
import { whole } from "../words/numbers.ts";
import { type Row, type Stretch, stretches } from "./align/row.ts";
import { Line } from "./line.tsx";
import { type Tags, tagOfRow } from "./tags.ts";

/** Rows that are put on the page at first; a browser takes about a second for ten times as many. */
const MAX_ROWS = 1_500;

export interface LineTableProps {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly tags: Tags;
}

export function LineTable({ label, rows, tags }: LineTableProps) {
  const [whether, setWhether] = useState<{ readonly all: boolean }>({ all: false });
  const shown = whether.all ? rows : rows.slice(0, MAX_ROWS);
  const parts = useMemo(() => stretches(shown), [shown]);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <p className="border-b border-line bg-sunken px-2 py-1.5 text-xs text-muted md:hidden">
        Where a line differs, prod stands above the shadow.
      </p>
      <table role="table" aria-label={label} className="w-full table-fixed font-mono text-xs leading-5 max-md:block">
        <thead role="rowgroup" className="border-b border-line bg-sunken text-left font-sans text-muted max-md:sr-only">
          <tr role="row">
            <th role="columnheader" scope="col" className="w-8">
              <span className="sr-only">Difference</span>
            </th>
            <th role="columnheader" scope="col" className="px-2 py-1.5 font-medium">
              Prod
            </th>
            <th role="columnheader" scope="col" className="border-l border-line px-2 py-1.5 font-medium">
              Shadow
            </th>
          </tr>
        </thead>
        {parts.map((part) => (
          <Part key={part.start} part={part} tags={tags} />
        ))}
      </table>
      {shown.length < rows.length && (
        <button
          type="button"
          onClick={() => setWhether({ all: true })}
          className="w-full border-t border-line bg-sunken py-2 text-xs font-medium"
        >
          Show the remaining {whole(rows.length - shown.length)} lines
        </button>
      )}
    </div>
  );
}

function Part({ part, tags }: { readonly part: Stretch; readonly tags: Tags }) {
  const [open, setOpen] = useState(!part.folded);
  return (
    <tbody role="rowgroup" className="max-md:block">
      {open ? (
        part.rows.map((row, at) => (
          // Rows have no identity but their place, and the table is never edited.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Line key={at} row={row} tag={tagOfRow(tags, row)} />
        ))
      ) : (
        <tr role="row" className="max-md:block">
          <td role="cell" colSpan={3} className="border-y border-line bg-sunken p-0 max-md:block">
            <button
              type="button"
              onClick={() => setOpen(true)}
              className="w-full py-1 font-sans text-muted hover:text-ink"
            >
              Show {whole(part.rows.length)} equal lines
            </button>
          </td>
        </tr>
      )}
    </tbody>
  );
}
