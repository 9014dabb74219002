/** The ledger: where every sampled request went, as a sum that the reader can check. */
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { Section } from "../pieces/section.tsx";
import { counted, percent, whole } from "../words/numbers.ts";
import { dropWords, skipWords } from "../words/reasons.ts";

export function LedgerLine({ ledger }: { readonly ledger: Ledger }) {
  const skipped = total(ledger.skipped);
  const dropped = total(ledger.dropped);
  return (
    <Section
      title="Where every request went"
      note={`${whole(ledger.sampled)} of ${whole(ledger.seen)} requests sampled`}
    >
      <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface py-1 sm:grid-cols-3 lg:grid-cols-6">
        <Cell name="Sampled" value={ledger.sampled} sign="" />
        <Cell name="Compared" value={ledger.compared} sign="=" />
        <Cell name="Shadow failed" value={ledger.shadowFailed} sign="+" />
        <Cell name="Skipped" value={skipped} sign="+" />
        <Cell name="Dropped" value={dropped} sign="+" />
        <Cell name="In flight" value={ledger.inFlight} sign="+" />
      </dl>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
        {reasons(ledger.skipped).map(([reason, count]) => (
          <li key={`skipped ${reason}`}>
            Skipped, {skipWords(reason)}: {whole(count)} ({percent(count, ledger.sampled)})
          </li>
        ))}
        {reasons(ledger.dropped).map(([reason, count]) => (
          <li key={`dropped ${reason}`}>
            Dropped, {dropWords(reason)}: {whole(count)} ({percent(count, ledger.sampled)})
          </li>
        ))}
        {ledger.unreported > 0 && <li>{counted(ledger.unreported, "pair")} stored before the tee reported them</li>}
        {ledger.unrouted > 0 && (
          <li>{counted(ledger.unrouted, "request")} came before mirroring was known, not sampled</li>
        )}
      </ul>
      <Unexplained count={ledger.unexplained} />
    </Section>
  );
}

function Cell({ name, value, sign }: { readonly name: string; readonly value: number; readonly sign: string }) {
  return (
    <div className="flex flex-col-reverse py-1.5 pr-2 pl-9">
      <dt className="text-xs text-muted">{name}</dt>
      <dd
        data-sign={sign}
        className="relative text-base font-semibold tabular-nums before:absolute before:-left-5 before:font-normal before:text-muted before:content-[attr(data-sign)/'']"
      >
        {whole(value)}
      </dd>
    </div>
  );
}

function Unexplained({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <p className="mt-2 rounded border border-critical-bar bg-critical-tint px-3 py-2 text-critical">
      The sum does not add up: {counted(Math.abs(count), "request")} {count > 0 ? "unaccounted for" : "counted twice"}.
      This is a fault of Shadow Infra; do not rely on the figures above.
    </p>
  );
}

function reasons(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a);
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
