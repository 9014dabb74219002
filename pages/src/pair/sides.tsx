/** The answers in figures: status, time and size of each, or why there is none; and which one the shadow is held against. */
import type { PairDetail } from "../../../core/wire/api/pairs.ts";
import { bytes, milliseconds } from "../words/numbers.ts";
import { failedWords } from "../words/reasons.ts";
import { answerOf, byteLength, referenceOf, type Side } from "./side.ts";

export function Sides({ pair }: { readonly pair: PairDetail }) {
  const { exchange } = pair;
  const base = exchange?.base;
  const reference = exchange === null ? null : referenceOf(exchange);
  const differs = (reference === null ? pair.prodStatus : statusOf(reference.side)) !== pair.shadowStatus;
  const failed = exchange !== null && "failed" in exchange.prod ? exchange.prod.failed : null;
  return (
    <div
      className={`mt-5 grid ${base === undefined ? "grid-cols-2" : "grid-cols-3"} overflow-hidden rounded-lg border border-line bg-surface`}
    >
      <Figures
        name="Prod"
        status={pair.prodStatus}
        failed={failed}
        latencyMs={pair.prodLatencyMs}
        side={exchange?.prod}
        differs={false}
        isReference={base !== undefined && reference?.name === "Prod"}
      />
      {base !== undefined && (
        <Figures
          name="Base"
          status={statusOf(base)}
          failed={"failed" in base ? base.failed : null}
          latencyMs={base.latencyMs}
          side={base}
          differs={false}
          isReference={reference?.name === "Base"}
        />
      )}
      <Figures
        name="Shadow"
        status={pair.shadowStatus}
        failed={pair.shadowFailed}
        latencyMs={pair.shadowLatencyMs}
        side={exchange?.shadow}
        differs={differs}
        isReference={false}
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
  /** The shadow is held against this one. Said where there is a choice. */
  readonly isReference: boolean;
}

function statusOf(side: Side): number | null {
  return answerOf(side)?.status ?? null;
}

function Figures({ name, status, failed, latencyMs, side, differs, isReference }: FiguresProps) {
  const size = side === undefined ? null : byteLength(side);
  return (
    <section aria-label={name} className="border-line px-4 py-3 not-first:border-l">
      <h2 className="text-xs font-semibold text-muted">
        {name}
        {isReference && <span className="font-normal"> · reference</span>}
      </h2>
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
