/** Drifts that count, grouped by cause where one shows on several routes, else by route: the group with the worst first. */
import type { ReactNode } from "react";
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { Section } from "../pieces/section.tsx";
import { countCauses, groupsOf } from "../words/groups.ts";
import { tally } from "../words/headline.ts";
import { counted } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import { DriftRow } from "./drift-row.tsx";

export interface DriftsProps {
  readonly deployment: Deployment;
  readonly drifts: readonly Drift[];
  /** What to do where most values differ and no shape does. */
  readonly hint: string | null;
}

export function Drifts({ deployment, drifts, hint }: DriftsProps) {
  return (
    <Section title="What changed" note={noteOf(drifts)}>
      {drifts.length === 0 && <p className="text-muted">{nothing(deployment)}</p>}
      {hint !== null && (
        <p className="mb-4 rounded border border-line-strong bg-sunken px-3 py-2 wrap-anywhere">{plain(hint)}</p>
      )}
      {groupsOf(drifts).map(({ route, drifts: members }) =>
        route === null ? (
          <CauseGroup key={members[0]?.cause} deploymentId={deployment.id} members={members} />
        ) : (
          <RouteGroup key={route} deploymentId={deployment.id} route={route} members={members} />
        ),
      )}
    </Section>
  );
}

interface GroupProps {
  readonly deploymentId: string;
  readonly members: readonly Drift[];
}

function RouteGroup({ deploymentId, route, members }: GroupProps & { readonly route: string }) {
  return (
    <Group
      label={route}
      heading={plain(route)}
      note={`${tally(members.map((drift) => drift.verdict))} · ${counted(members[0]?.routePairs ?? 0, "pair")} of this route`}
    >
      {members.map((drift) => (
        <DriftRow key={drift.signature} deploymentId={deploymentId} drift={drift} />
      ))}
    </Group>
  );
}

/** The worst of them stands for all; the others are one line each. */
function CauseGroup({ deploymentId, members }: GroupProps) {
  const [first, ...others] = members;
  if (first === undefined) return null;
  const routes = counted(members.length, "route");
  return (
    <Group
      label={`${first.pattern} on ${routes}`}
      heading={`One cause on ${routes}`}
      note={tally(members.map((drift) => drift.verdict))}
    >
      <DriftRow deploymentId={deploymentId} drift={first} withRoute />
      <li>
        <details className="px-4 py-2 text-xs">
          <summary>The same on {counted(others.length, "other route")}</summary>
          <ul className="mt-1 -mx-4 divide-y divide-line border-t border-line">
            {others.map((drift) => (
              <DriftRow key={drift.signature} deploymentId={deploymentId} drift={drift} withRoute />
            ))}
          </ul>
        </details>
      </li>
    </Group>
  );
}

interface FrameProps {
  readonly label: string;
  readonly heading: string;
  readonly note: string;
  readonly children: ReactNode;
}

function Group({ label, heading, note, children }: FrameProps) {
  return (
    <section aria-label={label} className="mb-4 overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line bg-sunken px-4 py-2">
        <h3 className="font-mono text-[0.8125rem] font-semibold wrap-anywhere">{heading}</h3>
        <span className="text-xs text-muted">{note}</span>
      </div>
      <ul className="divide-y divide-line">{children}</ul>
    </section>
  );
}

function noteOf(drifts: readonly Drift[]): string | undefined {
  if (drifts.length === 0) return undefined;
  const routes = counted(new Set(drifts.map(({ route }) => route)).size, "route");
  const causes = countCauses(drifts);
  const of = causes < drifts.length ? ` of ${counted(causes, "cause")}` : "";
  return `${counted(drifts.length, "drift")}${of} on ${routes}`;
}

function nothing({ counts, state }: Deployment): string {
  if (counts.pairs > 0) return "No difference was found that is not noise.";
  if (state === "closed") return "It was closed before a request was compared. This says nothing about the change.";
  if (state !== "ready")
    return "Nothing has been compared: the shadow is not ready. This says nothing about the change.";
  return "Nothing has been compared yet. Send requests through the tee, on http://localhost:8080 in the local start.";
}
