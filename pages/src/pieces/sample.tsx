/** One difference as an example: production's value, then the shadow's. */
import type { PairDetail } from "../../../core/wire/api/pairs.ts";
import { plain } from "../words/plain.ts";

type Difference = PairDetail["findings"][number]["differences"][number];

export function Sample({ difference }: { readonly difference: Difference }) {
  if (difference.reference === undefined && difference.shadow === undefined) return null;
  return (
    <p className="mt-1 flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-xs">
      <Value side="prod" value={difference.reference} />
      <span aria-hidden="true" className="text-muted">
        →
      </span>
      <Value side="shadow" value={difference.shadow} />
    </p>
  );
}

function Value({ side, value }: { readonly side: string; readonly value: string | undefined }) {
  return (
    <span className="min-w-0">
      <span className="text-muted">{side} </span>
      {value === undefined ? (
        <span className="italic">nothing</span>
      ) : (
        <code className="rounded bg-sunken px-1 py-px font-mono wrap-anywhere">{plain(value)}</code>
      )}
    </span>
  );
}
