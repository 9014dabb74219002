/** The head of a report: which pull request, the verdict in words and numbers, and the evidence behind it. */
import { Link } from "@tanstack/react-router";
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { Crumbs } from "../frame/crumbs.tsx";
import { Ago } from "../pieces/ago.tsx";
import { CountsBar } from "../pieces/counts-bar.tsx";
import { PullLine } from "../pieces/pull-line.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { VerdictBadge } from "../pieces/verdict-badge.tsx";
import { headline, WORST_FIRST } from "../words/headline.ts";
import { percent, whole } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";

export interface HeadProps {
  readonly deployment: Deployment;
  /** Drifts that are not noise; undefined until they arrived. */
  readonly drifts: readonly Drift[] | undefined;
  readonly live: boolean;
}

export function Head({ deployment, drifts, live }: HeadProps) {
  const { pull, counts, verdict } = deployment;
  return (
    <header>
      <title>{`#${pull.number} ${pull.title} · Shadow Infra`}</title>
      <Crumbs here={`#${pull.number}`} />
      <h1 className="text-xl font-semibold wrap-anywhere">{plain(pull.title)}</h1>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <PullLine deployment={deployment} />
        <StateTag deployment={deployment} />
        {live && <span className="text-muted">renewed every 2 s</span>}
      </div>
      <div className="mt-4 rounded-lg border border-line bg-surface p-4">
        <div className="flex flex-wrap items-center gap-3">
          <VerdictBadge verdict={verdict} />
          <p className="text-lg font-semibold">{drifts === undefined ? "Reading…" : headline(deployment, drifts)}</p>
        </div>
        {counts.pairs > 0 && <PairCounts deployment={deployment} />}
        <Evidence deployment={deployment} />
      </div>
    </header>
  );
}

function PairCounts({ deployment: { id, counts } }: { readonly deployment: Deployment }) {
  const values = { Critical: counts.critical, Warning: counts.warning, Undecided: counts.undecided, Safe: counts.safe };
  return (
    <div className="mt-3">
      <CountsBar counts={counts} />
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {WORST_FIRST.map((verdict) => (
          <li key={verdict}>
            <Link to="/deployments/$id/pairs" params={{ id }} search={{ verdict }} className="text-ink">
              <span className="font-semibold tabular-nums">{whole(values[verdict])}</span> {verdict}
            </Link>{" "}
            <span className="text-muted">{percent(values[verdict], counts.pairs)}</span>
          </li>
        ))}
        {counts.shadowFailed > 0 && (
          <li className="text-muted">
            Critical includes <span className="tabular-nums">{whole(counts.shadowFailed)}</span> without an answer from
            the shadow
          </li>
        )}
      </ul>
    </div>
  );
}

function Mirrored({ hosts, shadowOrigin }: Pick<Deployment, "hosts" | "shadowOrigin">) {
  if (hosts.length === 0) return "no host is mirrored";
  const from = hosts.map(plain).join(", ");
  if (shadowOrigin === null) return `${from}: mirrored as soon as the shadow has an address`;
  return (
    <>
      {from} mirrored to <span className="font-mono">{plain(shadowOrigin)}</span>
    </>
  );
}

function Evidence({
  deployment: { hosts, rate, shadowOrigin, createdAt, lastPairAt, closedAt },
}: Pick<HeadProps, "deployment">) {
  return (
    <p className="mt-3 flex flex-wrap gap-x-4 gap-y-0.5 border-t border-line pt-3 text-xs text-muted">
      <span className="wrap-anywhere">
        <Mirrored hosts={hosts} shadowOrigin={shadowOrigin} />
      </span>
      <span>{percent(rate, 1)} of requests sampled</span>
      <span>
        opened <Ago at={createdAt} />
      </span>
      {lastPairAt !== null && (
        <span>
          last pair <Ago at={lastPairAt} />
        </span>
      )}
      {closedAt !== null && (
        <span>
          closed <Ago at={closedAt} />
        </span>
      )}
    </p>
  );
}
