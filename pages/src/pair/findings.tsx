/** What the rules found in a pair, worst first; what is noise stands apart, with its reason. */
import { Sample } from "../pieces/sample.tsx";
import { Section } from "../pieces/section.tsx";
import { VerdictBadge } from "../pieces/verdict-badge.tsx";
import { WORST_FIRST } from "../words/headline.ts";
import { counted } from "../words/numbers.ts";
import { plain } from "../words/plain.ts";
import type { Finding } from "./side.ts";

/** Differences of one finding that are written out. */
const MAX_SAMPLES = 3;

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const worstFirst = findings.toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
  const counting = worstFirst.filter((finding) => finding.noise === null);
  const noise = worstFirst.filter((finding) => finding.noise !== null);
  return (
    <Section title="Findings" note={`${counted(counting.length, "finding")}, ${noise.length} as noise`}>
      {counting.length === 0 && <p className="text-muted">Nothing was found that counts.</p>}
      {counting.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {counting.map((finding) => (
            <Row key={`${finding.signature} ${finding.path}`} finding={finding} />
          ))}
        </ul>
      )}
      {noise.length > 0 && (
        <details className="mt-2 rounded-lg border border-line bg-surface">
          <summary className="px-4 py-2">{counted(noise.length, "difference")} suppressed as noise</summary>
          <ul className="divide-y divide-line border-t border-line">
            {noise.map((finding) => (
              <Row key={`${finding.signature} ${finding.path}`} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Row({ finding }: { readonly finding: Finding }) {
  const { noise, severity, path, reason, rule, differences } = finding;
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-2.5 md:grid-cols-[6.5rem_minmax(0,1fr)]">
      <div>
        {noise === null ? <VerdictBadge verdict={severity} /> : <span className="text-xs text-muted">noise</span>}
      </div>
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-mono text-[0.8125rem] font-semibold wrap-anywhere">{plain(path)}</span>
          <span className="font-mono text-xs text-muted">{plain(rule)}</span>
        </p>
        <p className="wrap-anywhere">{plain(noise?.reason ?? reason)}</p>
        {differences.slice(0, MAX_SAMPLES).map((difference) => (
          <Sample key={`${difference.path} ${difference.kind}`} difference={difference} />
        ))}
        {differences.length > MAX_SAMPLES && (
          <p className="text-xs text-muted">and {counted(differences.length - MAX_SAMPLES, "more place")} below</p>
        )}
      </div>
    </li>
  );
}
