/** Drifts that count, grouped by route: the route with the worst first. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { Section } from "../pieces/section.tsx";
import { tally } from "../words/headline.ts";
import { counted } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import { DriftRow } from "./drift-row.tsx";

export interface DriftsProps {
  readonly deployment: Deployment;
  readonly drifts: readonly Drift[];
}

export function Drifts({ deployment, drifts }: DriftsProps) {
  const groups = [...Map.groupBy(drifts, (drift) => drift.route)];
  const note =
    drifts.length === 0 ? undefined : `${counted(drifts.length, "drift")} on ${counted(groups.length, "route")}`;
  return (
    <Section title="What changed" note={note}>
      {groups.length === 0 && <p className="text-muted">{nothing(deployment)}</p>}
      {groups.map(([route, members]) => (
        <section
          key={route}
          aria-label={route}
          className="mb-4 overflow-hidden rounded-lg border border-line bg-surface"
        >
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line bg-sunken px-4 py-2">
            <h3 className="font-mono text-[0.8125rem] font-semibold wrap-anywhere">{plain(route)}</h3>
            <span className="text-xs text-muted">
              {tally(members.map((drift) => drift.verdict))} · {counted(members[0]?.routePairs ?? 0, "pair")} of this
              route
            </span>
          </div>
          <ul className="divide-y divide-line">
            {members.map((drift) => (
              <DriftRow key={drift.signature} deploymentId={deployment.id} drift={drift} />
            ))}
          </ul>
        </section>
      ))}
    </Section>
  );
}

function nothing({ counts, state }: Deployment): string {
  if (counts.pairs > 0) return "No difference was found that is not noise.";
  if (state === "closed") return "It was closed before a request was compared. This says nothing about the change.";
  return "Nothing has been compared yet. Send requests through the tee, on http://localhost:8080 in the local start.";
}
