/** The two answers in figures: status, time and size of each; or why there is none. */
import type { PairDetail } from "../../../core/wire/api/pairs.ts";
import { bytes, milliseconds } from "../words/numbers.ts";
import { failedWords } from "../words/reasons.ts";
import { byteLength, type Side } from "./side.ts";

export function Sides({ pair }: { readonly pair: PairDetail }) {
  const { exchange } = pair;
  const differs = pair.prodStatus !== pair.shadowStatus;
  const failed = exchange !== null && "failed" in exchange.prod ? exchange.prod.failed : null;
  return (
    <div className="mt-5 grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface">
      <Figures
        name="Prod"
        status={pair.prodStatus}
        failed={failed}
        latencyMs={pair.prodLatencyMs}
        side={exchange?.prod}
        differs={false}
      />
      <Figures
        name="Shadow"
        status={pair.shadowStatus}
        failed={pair.shadowFailed}
        latencyMs={pair.shadowLatencyMs}
        side={exchange?.shadow}
        differs={differs}
      />
    </div>
  );
}

interface FiguresProps {
  readonly name: string;
  readonly status: number | null;
  readonly failed: string | null;
  readonly latencyMs: number;
  /** Undefined when the answers were not kept. */
  readonly side: Side | undefined;
  readonly differs: boolean;
}

function Figures({ name, status, failed, latencyMs, side, differs }: FiguresProps) {
  const size = side === undefined ? null : byteLength(side);
  return (
    <section aria-label={name} className="border-line px-4 py-3 not-first:border-l">
      <h2 className="text-xs font-semibold text-muted">{name}</h2>
      <p className={`mt-0.5 text-lg font-semibold tabular-nums ${differs ? "text-critical" : ""}`}>
        {status ?? "No answer"}
        {differs && status !== null && <span className="ml-2 text-xs font-normal">status differs</span>}
      </p>
      <p className="text-xs text-muted tabular-nums">
        {status === null
          ? `${failed === null ? "no reason was recorded" : failedWords(failed)}, given up after ${milliseconds(latencyMs)}`
          : milliseconds(latencyMs)}
        {size !== null && ` · ${bytes(size)}`}
      </p>
    </section>
  );
}
