/** Reports for tests of the forms of output: one with a failed budget, one compared, one of nobody there. */
import { planOf } from "../../../../cli/probe/choices.ts";
import type { ProbeReport, Verdict } from "../../../../cli/probe/report.ts";
import { countedFailures } from "../../../../core/probe/failure-counts.ts";
import { namesOf, resultsOf } from "../../../../core/probe/results.ts";
import type { Sample } from "../../../../core/probe/sample.ts";
import { good, times } from "../../../core/probe/samples.ts";
import { optionsOf } from "../running.ts";

interface Sides {
  readonly samples: readonly Sample[];
  readonly compare?: readonly Sample[];
}

/** Of the preset's two endpoints; the second one is always good. */
export function reportOf(first: Sides, verdict: Verdict, ...flags: readonly string[]): ProbeReport {
  const plan = planOf(optionsOf(["--iterations", "20", ...flags]), {}, import.meta.dirname);
  const other = times(20, () => good(5));
  const sides = [first, { samples: other, compare: first.compare === undefined ? undefined : other }];
  const probed = plan.endpoints.map((endpoint, n) => ({ ...endpoint, ...(sides[n] ?? first) }));
  const facts = {
    timestamp: "2026-01-02T03:04:05.000Z",
    baseUrl: "http://localhost:8001",
    iterations: 20,
    origin: plan.origin,
    interrupted: verdict.kind === "interrupted",
    compare: plan.compare === null ? null : { ...plan.compare, baseUrl: "http://localhost:8000" },
  };
  const names = namesOf(probed);
  const failureCounts = Object.fromEntries(probed.map(({ samples }, n) => [names[n], countedFailures(samples)]));
  return { results: resultsOf(facts, probed), plan, failureCounts, verdict };
}
