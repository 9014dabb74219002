/** What this report costs and keeps: how much is sampled and capped, what is sent, what is replaced before it is stored. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { FactList } from "../pieces/fact-list.tsx";
import { Section } from "../pieces/section.tsx";
import { trustLines } from "../words/trust.ts";

export interface TrustProps {
  readonly deployment: Deployment;
  /** Undefined until it arrived. */
  readonly ledger: Ledger | undefined;
}

export function Trust({ deployment, ledger }: TrustProps) {
  return (
    <Section title="What it costs and keeps">
      <FactList facts={trustLines(deployment, ledger)} />
    </Section>
  );
}
