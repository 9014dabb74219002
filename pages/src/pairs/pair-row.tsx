/** One pair of the list. */
import { Link } from "@tanstack/react-router";
import type { PairSummary } from "../../../core/wire/api/pairs.ts";
import { Ago } from "../pieces/ago.tsx";
import { VerdictBadge } from "../pieces/verdict-badge.tsx";
import { milliseconds } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";

const COLUMNS = "md:grid-cols-[6.5rem_minmax(0,1fr)_12rem_7rem]";

export function PairRow({ pair }: { readonly pair: PairSummary }) {
  return (
    <li className={`grid gap-x-4 gap-y-1 px-4 py-2 hover:bg-sunken ${COLUMNS}`}>
      <div>
        <VerdictBadge verdict={pair.verdict} />
      </div>
      <div className="min-w-0">
        <Link
          to="/pairs/$id"
          params={{ id: pair.id }}
          className="font-mono text-[0.8125rem] wrap-anywhere text-ink hover:text-accent"
        >
          {pair.method} {plain(pair.path)}
        </Link>
        <p className="text-xs wrap-anywhere text-muted">{plain(pair.reasoning)}</p>
      </div>
      <p className="text-xs tabular-nums md:pt-0.5">
        {pair.prodStatus ?? "no answer"} → {pair.shadowStatus ?? "no answer"}
        <span className="block text-muted">
          {milliseconds(pair.prodLatencyMs)} → {milliseconds(pair.shadowLatencyMs)}
        </span>
      </p>
      <p className="text-xs text-muted md:pt-0.5 md:text-right">
        <Ago at={pair.capturedAt} />
      </p>
    </li>
  );
}
