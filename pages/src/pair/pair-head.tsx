/** The head of a pair: verdict, request line, why, and the request as a command. */
import { Link } from "@tanstack/react-router";
import type { PairDetail } from "../../../core/wire/api/pairs.ts";
import { Ago } from "../pieces/ago.tsx";
import { CopyButton } from "../pieces/copy-button.tsx";
import { VerdictBadge } from "../pieces/verdict-badge.tsx";
import { decidedWords } from "../words/deciders.ts";
import { plain } from "../words/plain.ts";
import { curl } from "./align/curl.ts";

export interface PairHeadProps {
  readonly pair: PairDetail;
  /** Scheme, host and port of the shadow; null while unknown. */
  readonly shadowOrigin: string | null;
}

export function PairHead({ pair, shadowOrigin }: PairHeadProps) {
  return (
    <header>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <VerdictBadge verdict={pair.verdict} />
          <h1 className="min-w-0 font-mono text-lg font-semibold wrap-anywhere">
            {pair.method} {plain(pair.path)}
          </h1>
        </div>
        {pair.exchange !== null && <CopyButton label="Copy as curl" text={curl(pair.exchange.request, shadowOrigin)} />}
      </div>
      <p className="mt-1.5 wrap-anywhere">{plain(pair.reasoning)}</p>
      <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
        <span>{decidedWords(pair)}</span>
        <span>
          route{" "}
          <Link
            to="/deployments/$id/pairs"
            params={{ id: pair.deploymentId }}
            search={{ route: pair.route }}
            className="font-mono wrap-anywhere underline"
          >
            {plain(pair.route)}
          </Link>
        </span>
        <span>
          captured <Ago at={pair.capturedAt} />
        </span>
        <span className="font-mono wrap-anywhere">{plain(pair.id)}</span>
      </p>
    </header>
  );
}
