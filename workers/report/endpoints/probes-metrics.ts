/** Figures of probes for `/metrics`: of the newest run of each service, so that a scraper draws the trend itself. */

import { BUDGET_NAMES, valueOf } from "../../../core/probe/budgets.ts";
import type { Metric } from "../../../core/report/metrics.ts";
import { shareOf } from "../../../core/trends/trend.ts";
import type { Database } from "../store/database.ts";
import type { ProbeRow, StoredResults } from "../store/probes.ts";
import { StoredResultsSchema } from "../store/probes.ts";
import { readNewestRuns } from "../store/probes-newest.ts";
import { readStored } from "./stored.ts";

/** Samples of one metric: 20 endpoints of each of 100 runs. The newest runs go first. */
const SAMPLES_MOST = 2_000;

type Sample = Metric["samples"][number];
type Labels = Sample["labels"];
type Endpoint = StoredResults["endpoints"][string];

export async function probeMetrics(db: Database): Promise<readonly Metric[]> {
  const runs = await readNewestRuns(db);
  const endpoints = runs.flatMap((run) => {
    const labels = labelsOf(run);
    const { endpoints: own } = readStored(run.results, StoredResultsSchema.pick({ endpoints: true }), {
      endpoints: {},
    });
    return Object.entries(own).map(([endpoint, found]) => ({ labels: { ...labels, endpoint }, found }));
  });
  const perEndpoint = (samples: (labels: Labels, endpoint: Endpoint) => readonly Sample[]) =>
    endpoints.flatMap(({ labels, found }) => samples(labels, found));
  const last = runs.map((run) => ({ labels: labelsOf(run), value: run.runAt / 1_000 }));
  return [
    gauge(
      "shadow_p95_latency_ms",
      "p95 of a probed endpoint in the newest run.",
      perEndpoint((labels, { figures }) => [{ labels, value: figures.p95 }]),
    ),
    gauge(
      "shadow_p99_latency_ms",
      "p99 of a probed endpoint in the newest run.",
      perEndpoint((labels, { figures }) => [{ labels, value: figures.p99 }]),
    ),
    gauge(
      "shadow_probe_failure_rate",
      "Share of probes that failed in the newest run.",
      perEndpoint((labels, { figures }) => [{ labels, value: figures.failure_rate }]),
    ),
    gauge("shadow_budget_use", "Share of a budget that the newest run uses: 1 is all of it.", perEndpoint(uses)),
    gauge("shadow_probe_last_run_timestamp_seconds", "When the newest run of a service began.", last),
  ];
}

function uses(labels: Labels, { figures, budgets }: Endpoint): readonly Sample[] {
  return BUDGET_NAMES.flatMap((budget) => {
    const row = budgets.find((each) => each.budget === budget);
    if (row === undefined) return [];
    return [{ labels: { ...labels, budget }, value: shareOf(valueOf(figures, budget), row.threshold) }];
  });
}

/** What a run does not name is no label. */
function labelsOf({ service, repository, branch, region, pull }: ProbeRow): Labels {
  const labels = { service, repository, branch, region, pull: pull === 0 ? "" : String(pull) };
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name, help, type: "gauge", samples: samples.slice(0, SAMPLES_MOST) };
}
