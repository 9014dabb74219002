/** All runs of one endpoint: the charts with their table, and its regions. */
import { useState } from "react";
import type { Trend } from "../../../core/wire/api/trends.ts";
import { plain } from "../words/plain.ts";
import { budgetFigure, originWords } from "../words/trend.ts";
import { minuteOf } from "../words/trend-scales.ts";
import { CHARTS, type Point } from "../words/trend-series.ts";
import { Chart } from "./chart.tsx";
import { RegionsTable } from "./regions-table.tsx";
import { RunsTable } from "./runs-table.tsx";

export function EndpointTrend({ trend }: { readonly trend: Trend }) {
  const last = trend.points.length - 1;
  // Without a choice it is the newest run, also when a newer one arrives.
  const [chosen, setChosen] = useState<number | null>(null);
  const selected = Math.min(chosen ?? last, last);
  return (
    <>
      <div className="mt-4 grid gap-5 xl:grid-cols-[minmax(0,1fr)_27rem]">
        <div className="grid min-w-0 content-start gap-x-5 gap-y-3 md:grid-cols-2">
          {CHARTS.map((plan) => (
            <div key={plan.title} className={plan.lines.length > 1 ? "min-w-0 md:col-span-2" : "min-w-0"}>
              <Chart plan={plan} trend={trend} selected={selected} onSelect={setChosen} />
            </div>
          ))}
          <RunChoice trend={trend} selected={selected} onSelect={setChosen} />
        </div>
        <RunsTable trend={trend} selected={selected} />
      </div>
      <RegionsTable endpoint={trend.endpoint} points={trend.points} />
    </>
  );
}

interface RunChoiceProps {
  readonly trend: Trend;
  readonly selected: number;
  readonly onSelect: (run: number) => void;
}

/** The run that the charts mark: by pointing at them, or here by keyboard. */
function RunChoice({ trend: { endpoint, points }, selected, onSelect }: RunChoiceProps) {
  const point = points[selected];
  if (point === undefined) return null;
  const words = `${minuteOf(Date.parse(point.at))} UTC, ${plain(originWords(point))}: ${figuresOf(point)}`;
  return (
    <div className="md:col-span-2">
      {points.length > 1 && (
        <input
          type="range"
          min={0}
          max={points.length - 1}
          value={selected}
          aria-label={`Run of ${endpoint}`}
          aria-valuetext={words}
          onChange={({ target }) => onSelect(target.valueAsNumber)}
          className="w-full accent-muted"
        />
      )}
      <p className="text-xs wrap-anywhere text-muted tabular-nums">{words}</p>
    </div>
  );
}

function figuresOf({ figures, passed }: Point): string {
  const parts = [
    `p50 ${budgetFigure("p95_ms", figures.p50)}`,
    `p95 ${budgetFigure("p95_ms", figures.p95)}`,
    `p99 ${budgetFigure("p99_ms", figures.p99)}`,
    `failures ${budgetFigure("failure_rate", figures.failure_rate)}`,
    `size ${budgetFigure("size_kb", figures.avg_size_kb)}`,
  ];
  return `${parts.join(", ")}${passed ? "" : "; failed"}`;
}
