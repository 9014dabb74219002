/** The newest run of one endpoint in each region, the fastest first. */
import { Ago } from "../pieces/ago.tsx";
import { Scroller } from "../pieces/scroller.tsx";
import { milliseconds, ratio, share } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import { regionRows } from "../words/trend-regions.ts";
import type { Point } from "../words/trend-series.ts";

const HEADS = ["p95", "p99", "Failures", "To the fastest", "Newest run"] as const;

export interface RegionsTableProps {
  readonly endpoint: string;
  readonly points: readonly Point[];
}

export function RegionsTable({ endpoint, points }: RegionsTableProps) {
  const rows = regionRows(points);
  if (rows.length === 0) return null;
  return (
    <div className="mt-4">
      <h3 className="mb-1 text-xs font-semibold">Regions</h3>
      <Scroller label={`Regions of ${endpoint}`}>
        <table className="w-full text-right text-xs tabular-nums">
          <thead className="bg-sunken text-muted">
            <tr>
              <th scope="col" className="px-3 py-1.5 text-left font-medium">
                Region
              </th>
              {HEADS.map((head) => (
                <th key={head} scope="col" className="px-3 py-1.5 font-medium whitespace-nowrap">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map(({ region, point, ratio: times }) => (
              <tr key={region}>
                <th scope="row" className="px-3 py-1 text-left font-normal">
                  {plain(region)}
                </th>
                <td className="px-3 py-1">{milliseconds(point.figures.p95)}</td>
                <td className="px-3 py-1">{milliseconds(point.figures.p99)}</td>
                <td className="px-3 py-1">{share(point.figures.failure_rate)}</td>
                <td className="px-3 py-1">{times === null ? "–" : `${ratio(times)} ×`}</td>
                <td className="px-3 py-1 whitespace-nowrap">
                  <Ago at={point.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}
