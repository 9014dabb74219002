/** One drift: how bad, where, why in one line, when, how often, who said so, an example, the smallest request. */
import { Link } from "@tanstack/react-router";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { Ago } from "../pieces/ago.tsx";
import { CopyButton } from "../pieces/copy-button.tsx";
import { Sample } from "../pieces/sample.tsx";
import { VerdictBadge } from "../pieces/verdict-badge.tsx";
import { conditionWords } from "../words/condition.ts";
import { decidedWords } from "../words/deciders.ts";
import { percent, whole } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import { withoutRefusal } from "../words/refused.ts";

const COLUMNS = "md:grid-cols-[6.5rem_minmax(0,1fr)_9.5rem]";

/** The rule that holds answers against the repository's OpenAPI file. */
const CONTRACT = "contract-violated";

export interface DriftRowProps {
  readonly deploymentId: string;
  readonly drift: Drift;
  /** Says the route, where the group does not. */
  readonly withRoute?: boolean;
}

export function DriftRow({ deploymentId, drift, withRoute = false }: DriftRowProps) {
  const condition = conditionWords(drift);
  const { said, refused } = withoutRefusal(drift.reasoning);
  return (
    <li className={`grid gap-x-4 gap-y-2 px-4 py-3 ${COLUMNS}`}>
      <div>
        <VerdictBadge verdict={drift.verdict} />
      </div>
      <div className="min-w-0">
        {withRoute && <p className="font-mono text-xs wrap-anywhere text-muted">{plain(drift.route)}</p>}
        <p className="font-mono text-[0.8125rem] font-semibold wrap-anywhere">{plain(drift.pattern)}</p>
        <p className="mt-0.5 wrap-anywhere">{plain(said)}</p>
        {refused !== null && (
          <p className="mt-1 text-xs wrap-anywhere">
            <Tag words="not ignored" /> {plain(refused)}
          </p>
        )}
        {drift.sample !== null && <Sample difference={drift.sample} />}
        {condition !== null && (
          <p className="mt-1 text-xs wrap-anywhere">
            <span className="text-muted">when: </span>
            <span className={drift.condition === null ? "text-muted" : "font-medium"}>{condition}</span>
          </p>
        )}
        {drift.curl !== null && <Smallest curl={drift.curl} />}
        <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
          <span className="font-mono">{plain(drift.rule)}</span>
          <span>{decidedWords(drift)}</span>
          {drift.rule === CONTRACT && <Tag words="OpenAPI contract" />}
          {drift.question?.state === "unavailable" && <Tag words="model unavailable" />}
          {drift.verdict !== drift.severity && <span>the rule alone says {drift.severity}</span>}
          <span>
            first <Ago at={drift.firstSeen} />, last <Ago at={drift.lastSeen} />
          </span>
        </p>
      </div>
      <Occurrence deploymentId={deploymentId} drift={drift} />
    </li>
  );
}

/** Written out on demand, in lines that fit a phone; the button beside it copies the same text. */
function Smallest({ curl }: { readonly curl: string }) {
  return (
    <details className="mt-1 text-xs">
      <summary className="text-muted">smallest request that shows it</summary>
      <pre className="mt-1 rounded bg-sunken px-2 py-1 font-mono whitespace-pre-wrap wrap-anywhere">{plain(curl)}</pre>
    </details>
  );
}

function Tag({ words }: { readonly words: string }) {
  return <span className="rounded bg-undecided-tint px-1 font-medium text-undecided">{words}</span>;
}

function Occurrence({ deploymentId, drift }: DriftRowProps) {
  const [first] = drift.examples;
  return (
    <div className="text-xs md:text-right">
      <p>
        <span className="text-sm font-semibold tabular-nums">{percent(drift.count, drift.routePairs)}</span>{" "}
        <span className="text-muted tabular-nums">
          {whole(drift.count)} of {whole(drift.routePairs)}
        </span>
      </p>
      <p className="mt-1 flex gap-x-3 md:flex-col md:items-end md:gap-y-0.5">
        {first !== undefined && (
          <Link
            to="/pairs/$id"
            params={{ id: first }}
            className="underline"
            aria-label={`Side by side: ${drift.pattern}`}
          >
            Side by side
          </Link>
        )}
        <Link
          to="/deployments/$id/pairs"
          params={{ id: deploymentId }}
          search={{ signature: drift.signature }}
          className="underline"
          aria-label={`All pairs with ${drift.rule} at ${drift.pattern}`}
        >
          All pairs
        </Link>
      </p>
      {drift.curl !== null && (
        <p className="mt-1.5">
          <CopyButton text={drift.curl} label="Copy smallest curl" />
        </p>
      )}
    </div>
  );
}
