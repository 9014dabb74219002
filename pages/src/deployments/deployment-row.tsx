/** One deployment of the list. Every figure carries its own word, so that it reads the same on a phone. */
import { Link } from "@tanstack/react-router";
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import { Ago } from "../pieces/ago.tsx";
import { CountsBar } from "../pieces/counts-bar.tsx";
import { PullLine } from "../pieces/pull-line.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { VerdictBadge } from "../pieces/verdict-badge.tsx";
import { counted, whole } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";

const COLUMNS = "md:grid-cols-[6.5rem_minmax(0,1fr)_minmax(8rem,13rem)_20rem_8rem]";

export function DeploymentRow({ deployment }: { readonly deployment: Deployment }) {
  return (
    <li className={`grid items-start gap-x-5 gap-y-2 px-4 py-3 hover:bg-sunken ${COLUMNS}`}>
      <div className="md:pt-px">
        <VerdictBadge verdict={deployment.verdict} />
      </div>
      <div className="min-w-0">
        <Link
          to="/deployments/$id"
          params={{ id: deployment.id }}
          className="font-semibold wrap-anywhere text-ink hover:text-accent"
        >
          {plain(deployment.pull.title)}
        </Link>
        <PullLine deployment={deployment} />
      </div>
      <div className="text-xs md:pt-0.5">
        <StateTag deployment={deployment} />
      </div>
      <Counts deployment={deployment} />
      <div className="text-xs text-muted md:pt-0.5 md:text-right">
        {deployment.lastPairAt !== null && (
          <>
            last pair <Ago at={deployment.lastPairAt} />
          </>
        )}
      </div>
    </li>
  );
}

function Counts({ deployment: { counts, drifts } }: { readonly deployment: Deployment }) {
  const parts = [
    counts.critical > 0 && `${whole(counts.critical)} Critical`,
    counts.warning > 0 && `${whole(counts.warning)} Warning`,
    counts.undecided > 0 && `${whole(counts.undecided)} Undecided`,
    counts.safe > 0 && `${whole(counts.safe)} Safe`,
  ].filter((part) => part !== false);
  if (counts.pairs === 0) return <p className="text-xs text-muted md:pt-0.5">no pairs yet</p>;
  return (
    <div className="text-xs md:pt-0.5">
      <p>
        <span className="font-semibold">{counted(drifts, "drift")}</span> in {counted(counts.pairs, "pair")}
      </p>
      <div className="my-1">
        <CountsBar counts={counts} />
      </div>
      <p className="text-muted">{parts.join(" · ")}</p>
    </div>
  );
}
