/** Routes that look like one. Nothing follows from a proposal until a person says so, by a command: pages change nothing. */
import { useQuery } from "@tanstack/react-query";
import { mergesQuery } from "../api/queries.ts";
import { CopyButton } from "../pieces/copy-button.tsx";
import { Section } from "../pieces/section.tsx";
import { type Merge, mergeCommand, proposedMerges } from "../words/merge.ts";
import { counted } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";

/** Routes of one proposal that are written out. */
const MAX_SHOWN = 5;

/** Shows nothing while it is not known, or cannot be read: the report does not depend on it. */
export function Merges({ repoId }: { readonly repoId: number }) {
  const { data } = useQuery(mergesQuery(repoId));
  const merges = data === undefined ? [] : proposedMerges(data);
  if (merges.length === 0) return null;
  return (
    <Section title="Routes that look like one" note="drifts and decisions stay apart until somebody merges them">
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {merges.map((merge) => (
          <Row key={merge.target} repoId={repoId} merge={merge} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ repoId, merge: { target, routes } }: { readonly repoId: number; readonly merge: Merge }) {
  const where = { origin: window.location.origin, repoId };
  const more = routes.length - MAX_SHOWN;
  return (
    <li className="grid gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="font-mono text-[0.8125rem] font-semibold wrap-anywhere">{plain(target)}</p>
        <p className="mt-0.5 text-xs wrap-anywhere text-muted">
          {counted(routes.length, "route")}: {routes.slice(0, MAX_SHOWN).map(plain).join(", ")}
          {more > 0 && ` and ${more} more`}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <CopyButton text={mergeCommand(where, { target, state: "accepted" })} label="Copy curl that merges" />
        <CopyButton text={mergeCommand(where, { target, state: "refused" })} label="Copy curl that refuses" />
      </div>
    </li>
  );
}
