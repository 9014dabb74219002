/** What this report costs and keeps: how much is sampled and capped, what is sent, what is replaced before it is stored. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { Section } from "../pieces/section.tsx";
import { plain } from "../words/plain.ts";
import { trustLines } from "../words/trust.ts";

export interface TrustProps {
  readonly deployment: Deployment;
  /** Undefined until it arrived. */
  readonly ledger: Ledger | undefined;
}

export function Trust({ deployment, ledger }: TrustProps) {
  return (
    <Section title="What it costs and keeps">
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface">
        {trustLines(deployment, ledger).map(({ name, words }) => (
          <div key={name} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <dt className="text-muted">{name}</dt>
            <dd className="wrap-anywhere">
              {words.map((line) => (
                <p key={line}>{plain(line)}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
