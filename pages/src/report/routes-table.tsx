/** All routes of a deployment with their counts: also the quiet ones, so that coverage can be judged. */
import { Link } from "@tanstack/react-router";
import type { Route } from "../../../core/wire/api/routes.ts";
import { Scroller } from "../pieces/scroller.tsx";
import { Section } from "../pieces/section.tsx";
import { counted, milliseconds, ratio, whole } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";

const FIGURES = [
  { name: "Pairs", of: (route: Route) => route.counts.pairs },
  { name: "Critical", of: (route: Route) => route.counts.critical },
  { name: "Warning", of: (route: Route) => route.counts.warning },
  { name: "Undecided", of: (route: Route) => route.counts.undecided },
  { name: "Safe", of: (route: Route) => route.counts.safe },
  { name: "No answer", of: (route: Route) => route.counts.shadowFailed },
  { name: "Drifts", of: (route: Route) => route.drifts },
  { name: "Noise", of: (route: Route) => route.noise },
] as const;

/** Latencies of both sides, production's first. */
const QUANTILES = ["p50", "p95", "p99"] as const;

export interface RoutesTableProps {
  readonly deploymentId: string;
  readonly routes: readonly Route[];
}

export function RoutesTable({ deploymentId, routes }: RoutesTableProps) {
  if (routes.length === 0) return null;
  return (
    <Section title="Routes" note={counted(routes.length, "route")}>
      <Scroller label="Routes">
        <table className="w-full text-right tabular-nums">
          <thead className="border-b border-line bg-sunken text-xs text-muted">
            <tr>
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Route
              </th>
              {FIGURES.map(({ name }) => (
                <th key={name} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                  {name}
                </th>
              ))}
              <th scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                Slower by
              </th>
              {QUANTILES.map((quantile) => (
                <th key={quantile} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                  {quantile}, prod → shadow
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {routes.map((route) => (
              <tr key={route.route} className="hover:bg-sunken">
                <th
                  scope="row"
                  className="min-w-56 px-4 py-1.5 text-left font-mono text-[0.8125rem] font-normal wrap-anywhere"
                >
                  <Link to="/deployments/$id/pairs" params={{ id: deploymentId }} search={{ route: route.route }}>
                    {plain(route.route)}
                  </Link>
                </th>
                {FIGURES.map(({ name, of }) => (
                  <td key={name} className={`px-3 py-1.5 ${of(route) === 0 ? "text-muted" : ""}`}>
                    {whole(of(route))}
                  </td>
                ))}
                <td className="px-3 py-1.5 whitespace-nowrap">
                  <Shift shift={route.latency.shift} />
                </td>
                {QUANTILES.map((quantile) => (
                  <td key={quantile} className="px-3 py-1.5 whitespace-nowrap">
                    <Sides prod={route.latency.prod?.[quantile]} shadow={route.latency.shadow?.[quantile]} />
                    <Known name="control" ms={route.latency.control?.[quantile]} />
                    <Known name="base" ms={route.latency.base?.[quantile]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </Section>
  );
}

/** The ratio with its interval, and what is held against what. */
function Shift({ shift }: { readonly shift: Route["latency"]["shift"] }) {
  if (shift === null) return <span className="text-muted">–</span>;
  const { reference, quantile, times } = shift;
  return (
    <>
      <span className={times.low > 1 ? "font-semibold" : ""}>{ratio(times.value)} ×</span>
      <span className="block text-xs text-muted">
        {quantile}, {ratio(times.low)} to {ratio(times.high)} × {reference}
      </span>
    </>
  );
}

/** A second answer of known-good code, where there was one. */
function Known({ name, ms }: { readonly name: string; readonly ms: number | undefined }) {
  if (ms === undefined) return null;
  return (
    <span className="block text-xs text-muted">
      {name} {milliseconds(ms)}
    </span>
  );
}

function Sides({ prod, shadow }: { readonly prod: number | undefined; readonly shadow: number | undefined }) {
  if (prod === undefined && shadow === undefined) return <span className="text-muted">–</span>;
  const words = (ms: number | undefined) => (ms === undefined ? "no answer" : milliseconds(ms));
  return (
    <>
      {words(prod)} → {words(shadow)}
    </>
  );
}
