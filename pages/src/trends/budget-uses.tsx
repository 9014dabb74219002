/** How much of each budget the newest run uses: bar, number and words, so that colour is never the only sign. */
import type { Trend } from "../../../core/wire/api/trends.ts";
import { budgetName, figuresUsed, levelOf, outlook, percentUsed } from "../words/trend.ts";

type Use = Trend["budgets"][number];

const LOOKS = {
  over: { bar: "bg-critical-bar", words: "font-semibold text-critical" },
  near: { bar: "bg-warning-bar", words: "font-semibold text-warning" },
  held: { bar: "bg-safe-bar", words: "text-muted" },
} as const;

export function BudgetUses({ uses }: { readonly uses: readonly Use[] }) {
  if (uses.length === 0) {
    return <p className="text-muted">The newest run brought no budgets, so there is nothing to hold it against.</p>;
  }
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-4">
      {uses.map((use) => (
        <BudgetRow key={use.budget} use={use} />
      ))}
    </dl>
  );
}

function BudgetRow({ use }: { readonly use: Use }) {
  const { bar, words } = LOOKS[levelOf(use)];
  const said = outlook(use);
  return (
    <div>
      <dt className="text-xs text-muted">{budgetName(use.budget)}</dt>
      <dd>
        <p className="tabular-nums">
          <span className="font-semibold">{percentUsed(use.use)}</span>{" "}
          <span className="text-xs text-muted">{figuresUsed(use)}</span>
        </p>
        <div aria-hidden="true" className="my-1 h-1.5 overflow-hidden rounded-full bg-line">
          <div className={`h-full ${bar}`} style={{ width: `${Math.min(100, 100 * use.use)}%` }} />
        </div>
        {said !== "" && <p className={`text-xs ${words}`}>{said}</p>}
      </dd>
    </div>
  );
}
