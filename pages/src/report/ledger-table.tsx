/** The ledger: where every sampled request went, as a sum that the reader can check, state by state with its reasons. */
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { Scroller } from "../pieces/scroller.tsx";
import { Section } from "../pieces/section.tsx";
import { counted, percent, whole } from "../words/numbers.ts";
import { type LedgerState, ledgerStates } from "../words/states.ts";

export function LedgerTable({ ledger }: { readonly ledger: Ledger }) {
  return (
    <Section
      title="Where every request went"
      note={`${whole(ledger.sampled)} of ${whole(ledger.seen)} requests sampled`}
    >
      {ledger.stale && (
        <p className="mb-2 rounded border border-line-strong bg-sunken px-3 py-2">
          A registry does not answer: these are the figures it wrote last.
        </p>
      )}
      <Scroller label="Ledger">
        <table className="w-full text-right tabular-nums">
          <caption className="sr-only">Sampled requests by state</caption>
          <thead className="border-b border-line bg-sunken text-xs text-muted">
            <tr>
              <th scope="col" className="px-4 py-2 text-left font-medium">
                State
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                Requests
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                Share
              </th>
            </tr>
          </thead>
          {ledgerStates(ledger).map((state) => (
            <State key={state.name} state={state} sampled={ledger.sampled} />
          ))}
          <tfoot className="border-t-2 border-line-strong font-semibold">
            <Row name="Sampled" count={ledger.sampled} sampled={ledger.sampled} />
          </tfoot>
        </table>
      </Scroller>
      <Unexplained count={ledger.unexplained} />
      <Hosts ledger={ledger} />
    </Section>
  );
}

function State({ state, sampled }: { readonly state: LedgerState; readonly sampled: number }) {
  return (
    <tbody className="border-b border-line last-of-type:border-b-0">
      <Row name={state.name} count={state.count} sampled={sampled} />
      {state.reasons.map(({ words, count }) => (
        <tr key={words} className="text-xs text-muted">
          <th scope="row" className="py-0.5 pr-3 pl-8 text-left font-normal wrap-anywhere">
            {words}
          </th>
          <td className="px-3 py-0.5">{whole(count)}</td>
          <td className="px-4 py-0.5 whitespace-nowrap">{percent(count, sampled)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function Row({ name, count, sampled }: { readonly name: string; readonly count: number; readonly sampled: number }) {
  return (
    <tr className={count === 0 ? "text-muted" : ""}>
      <th scope="row" className="px-4 py-1.5 text-left font-semibold">
        {name}
      </th>
      <td className="px-3 py-1.5">{whole(count)}</td>
      <td className="px-4 py-1.5 whitespace-nowrap">{percent(count, sampled)}</td>
    </tr>
  );
}

/** What was never sampled, and what a host does at the moment: beside the sum, not in it. */
function Hosts({ ledger }: { readonly ledger: Ledger }) {
  return (
    <ul className="mt-2 space-y-1 text-xs text-muted">
      {ledger.unreported > 0 && <li>{counted(ledger.unreported, "pair")} stored before the tee reported them</li>}
      {ledger.hosts.filter(hasNews).map((host) => (
        <li key={host.host} className="flex flex-wrap gap-x-3 wrap-anywhere">
          <span className="font-mono">{host.host}</span>
          {host.killSwitch === true && (
            <span className="font-semibold text-critical">
              switched off: nothing is mirrored until its kill switch is turned back
            </span>
          )}
          {host.killSwitch === null && <span>its registry does not answer</span>}
          {host.unrouted > 0 && (
            <span>{counted(host.unrouted, "request")} came before mirroring was known, not sampled</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function hasNews({ unrouted, killSwitch }: Ledger["hosts"][number]): boolean {
  return unrouted > 0 || killSwitch !== false;
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
