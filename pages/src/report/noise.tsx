/** What was suppressed as noise: folded, but counted, and every line of it can be looked at. */
import { Link } from "@tanstack/react-router";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { Sample } from "../pieces/sample.tsx";
import { Section } from "../pieces/section.tsx";
import { noiseGroups } from "../words/noise.ts";
import { counted, percent, whole } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";

export function Noise({ drifts }: { readonly drifts: readonly Drift[] }) {
  const routes = new Set(drifts.map(({ route }) => route)).size;
  return (
    <Section title="Noise" note="differences with a harmless explanation; they change no verdict">
      {drifts.length === 0 ? (
        <p className="text-muted">Nothing was suppressed.</p>
      ) : (
        <details className="rounded-lg border border-line bg-surface">
          <summary className="px-4 py-2.5">
            {counted(drifts.length, "suppressed difference")} on {counted(routes, "route")}
          </summary>
          {noiseGroups(drifts).map(({ words, drifts: members }) => (
            <section key={words} aria-label={words} className="border-t border-line px-4 py-3">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <h3 className="text-xs font-semibold">{words}</h3>
                <span className="text-xs text-muted tabular-nums">{counted(members.length, "difference")}</span>
              </div>
              <ul>
                {members.map((drift) => (
                  <NoiseRow key={drift.signature} drift={drift} under={words} />
                ))}
              </ul>
            </section>
          ))}
        </details>
      )}
    </Section>
  );
}

interface NoiseRowProps {
  readonly drift: Drift;
  /** What stands above it, so that no line repeats it. */
  readonly under: string;
}

function NoiseRow({ drift, under }: NoiseRowProps) {
  const [first] = drift.examples;
  const reason = drift.noise?.reason ?? "";
  return (
    <li className="mt-2 grid gap-x-4 text-xs md:grid-cols-[minmax(0,1fr)_9.5rem]">
      <div className="min-w-0">
        <p className="font-mono wrap-anywhere text-muted">{plain(drift.route)}</p>
        <p className="flex flex-wrap gap-x-3">
          <span className="font-mono wrap-anywhere">{plain(drift.pattern)}</span>
          {reason.toLowerCase() !== under.toLowerCase() && (
            <span className="wrap-anywhere text-muted">{plain(reason)}</span>
          )}
          <span className="font-mono text-muted">{plain(drift.rule)}</span>
        </p>
        {drift.sample !== null && <Sample difference={drift.sample} />}
      </div>
      <p className="tabular-nums md:text-right">
        {percent(drift.count, drift.routePairs)}{" "}
        <span className="text-muted">
          {whole(drift.count)} of {whole(drift.routePairs)}
        </span>{" "}
        {first !== undefined && (
          <Link
            to="/pairs/$id"
            params={{ id: first }}
            className="underline"
            aria-label={`see noise at ${drift.pattern} side by side`}
          >
            see
          </Link>
        )}
      </p>
    </li>
  );
}
