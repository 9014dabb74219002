/** The results document out of what was measured. The forms of output are in the command. */
import {
  type BudgetRow,
  PROBE_SCHEMA_VERSION,
  type ProbedEndpoint,
  type ProbeOrigin,
  type ProbeResults,
} from "../wire/api/probes.ts";
import type { Budgets } from "./budgets.ts";
import { type Measured, measured } from "./figures.ts";
import { ratioRows } from "./ratio.ts";
import { budgetRows } from "./rows.ts";
import { isTimed, type Sample } from "./sample.ts";

/** One endpoint with what its requests saw; `compare`: the same of the service it is held against. */
export interface ProbedSamples {
  readonly method: string;
  readonly path: string;
  readonly budgets: Budgets;
  readonly samples: readonly Sample[];
  readonly compare?: readonly Sample[];
}

/** What holds for the whole run. */
export interface ProbeRunFacts {
  /** RFC 3339. */
  readonly timestamp: string;
  readonly baseUrl: string;
  readonly iterations: number;
  readonly origin: ProbeOrigin;
  readonly interrupted: boolean;
  readonly compare: CompareTerms | null;
}

export interface CompareTerms {
  readonly baseUrl: string;
  readonly ratioLimit: number;
  /** Times are held against their budgets too. */
  readonly absoluteToo: boolean;
}

/** Passed only where all was sent and every judged row held. */
export function resultsOf(facts: ProbeRunFacts, probed: readonly ProbedSamples[]): ProbeResults {
  const named = namesOf(probed);
  const sides = probed.map((endpoint, n) => ({
    name: named[n] ?? endpoint.path,
    endpoint,
    head: measured(endpoint.method, endpoint.samples),
  }));
  const budgets = sides.flatMap(({ name, endpoint, head }) => rowsOf(name, endpoint, { head, facts }));
  return {
    timestamp: facts.timestamp,
    base_url: facts.baseUrl,
    iterations: facts.iterations,
    endpoints: Object.fromEntries(sides.map(({ name, head }) => [name, head.figures])),
    schemaVersion: PROBE_SCHEMA_VERSION,
    passed: !facts.interrupted && budgets.every(({ passed, judged }) => passed || judged === false),
    budgets,
    origin: facts.origin,
    ...(facts.interrupted && { interrupted: true as const }),
    ...(facts.compare !== null && {
      compare: { base_url: facts.compare.baseUrl, endpoints: compared(probed, named) },
    }),
  };
}

/** The path alone; with its method where another endpoint has the same path. */
export function namesOf(endpoints: readonly { readonly method: string; readonly path: string }[]): readonly string[] {
  const paths = endpoints.map(({ path }) => path);
  return endpoints.map(({ method, path }) =>
    paths.indexOf(path) === paths.lastIndexOf(path) ? path : `${method} ${path}`,
  );
}

interface Judging {
  readonly head: Measured;
  readonly facts: ProbeRunFacts;
}

/** An endpoint that the other service does not have, or hardly answers, is judged by its budgets alone. */
function rowsOf(
  name: string,
  { budgets, samples, compare = [] }: ProbedSamples,
  { head, facts }: Judging,
): readonly BudgetRow[] {
  const rows = budgetRows(name, head, budgets);
  if (facts.compare === null) return rows;
  const times = { head: timesOf(samples), base: timesOf(compare) };
  const ratios = ratioRows(name, times, facts.compare.ratioLimit);
  if (ratios.length === 0 || facts.compare.absoluteToo) return [...rows, ...ratios];
  return [...rows.map(shownOnly), ...ratios];
}

/** The size and the failures do not depend on how fast the machine is; a time that was never measured is no matter of the machine either. */
function shownOnly(row: BudgetRow): BudgetRow {
  return row.budget === "p95_ms" || row.budget === "p99_ms" ? { ...row, judged: false } : row;
}

function timesOf(samples: readonly Sample[]): readonly number[] {
  return samples.filter(isTimed).map(({ ms }) => ms);
}

function compared(probed: readonly ProbedSamples[], names: readonly string[]): Record<string, ProbedEndpoint> {
  return Object.fromEntries(
    probed.map(({ method, path, compare = [] }, n) => [names[n] ?? path, measured(method, compare).figures]),
  );
}
