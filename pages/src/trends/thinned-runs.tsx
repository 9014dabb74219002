/** The runs of an endpoint in a few groups: the worst p95 of each as a bar, and in words for those who do not see bars. */
import type { Thinned } from "../../../core/wire/api/trend-overview.ts";
import { milliseconds } from "../words/numbers.ts";
import { groupWords } from "../words/trend.ts";

export interface ThinnedRunsProps {
  readonly endpoint: string;
  readonly thinned: Thinned;
}

export function ThinnedRuns({ endpoint, thinned }: ThinnedRunsProps) {
  const highest = Math.max(...thinned.p95_ms);
  const bars = thinned.p95_ms.map((p95, group) => ({
    place: `group ${group}`,
    words: groupWords(thinned, group),
    look: thinned.failed[group] === 0 ? "bg-safe-bar" : "bg-critical-bar",
    height: `${highest === 0 ? 100 : Math.max(4, (100 * p95) / highest)}%`,
  }));
  return (
    <figure className="mt-3">
      <figcaption className="text-xs text-muted">
        Worst p95 of each group of runs, oldest first; the highest is {milliseconds(highest)}
      </figcaption>
      <ol aria-label={`Groups of runs of ${endpoint}`} className="mt-1 flex h-10 max-w-md items-end gap-1">
        {bars.map(({ place, words, look, height }) => (
          <li key={place} title={words} className={`min-w-1 flex-1 rounded-sm ${look}`} style={{ height }}>
            <span className="sr-only">{words}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
