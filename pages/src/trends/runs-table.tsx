/** Every run of one endpoint in numbers, newest first: what the charts show, for those who do not see them. */
import type { Trend } from "../../../core/wire/api/trends.ts";
import { plain } from "../words/plain.ts";
import { absolute } from "../words/times.ts";
import { budgetFigure, originWords } from "../words/trend.ts";
import { minuteOf } from "../words/trend-scales.ts";

const FIGURES = [
  { name: "p95", budget: "p95_ms", key: "p95" },
  { name: "p99", budget: "p99_ms", key: "p99" },
  { name: "Failures", budget: "failure_rate", key: "failure_rate" },
  { name: "Size", budget: "size_kb", key: "avg_size_kb" },
] as const;

export interface RunsTableProps {
  readonly trend: Trend;
  readonly selected: number;
}

export function RunsTable({ trend: { endpoint, points, step }, selected }: RunsTableProps) {
  return (
    <section
      aria-label={`Runs of ${endpoint}, scrolls`}
      tabIndex={0}
      className="max-h-[27rem] self-start overflow-auto rounded border border-line"
    >
      <table className="w-full text-right text-xs tabular-nums">
        <caption className="sr-only">Runs of {endpoint}, newest first</caption>
        <thead className="sticky top-0 bg-sunken text-muted">
          <tr>
            <th scope="col" className="px-3 py-1.5 text-left font-medium">
              Run, UTC
            </th>
            {FIGURES.map(({ name }) => (
              <th key={name} scope="col" className="px-2 py-1.5 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {points
            .map((point, index) => (
              <tr key={point.run} className={index === selected ? "bg-sunken" : ""}>
                <th scope="row" className="px-3 py-1 text-left font-normal">
                  <time dateTime={point.at} title={absolute(point.at)} className="whitespace-nowrap">
                    {minuteOf(Date.parse(point.at))}
                  </time>
                  <span className="block wrap-anywhere text-muted">{plain(originWords(point))}</span>
                  {step?.run === point.run && <span className="block text-warning">the step begins here</span>}
                  {!point.passed && <span className="block font-semibold text-critical">failed</span>}
                </th>
                {FIGURES.map(({ key, budget }) => (
                  <td key={key} className="px-2 py-1 align-top whitespace-nowrap">
                    {budgetFigure(budget, point.figures[key])}
                  </td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </section>
  );
}
