/** The service's figures in Prometheus' text format: deliveries, stacks, leases, and who does not answer. */
import { type Metric, renderMetrics } from "../../../core/report/metrics.ts";
import type { ReconcilerStanding } from "../reconcile/reconciler.ts";
import type { DeliveryCounters } from "./counters.ts";

const OTHERS = ["github", "report", "driver"] as const;

export interface Figures {
  readonly deliveries: ReturnType<DeliveryCounters["all"]>;
  readonly standing: ReconcilerStanding;
  readonly uptimeSeconds: number;
  readonly version: string;
}

export function metricsText(figures: Figures): string {
  return renderMetrics([...ofService(figures), ...ofReconciler(figures.standing)]);
}

function ofService({ deliveries, uptimeSeconds, version }: Figures): readonly Metric[] {
  const samples = deliveries.map(({ event, outcome, count }) => ({ labels: { event, outcome }, value: count }));
  return [
    counter("deliveries_total", "Webhook deliveries by event and what became of them.", samples),
    gauge("uptime_seconds", "Since the start of the process.", [one(uptimeSeconds)]),
    gauge("build_info", "Always 1; the version is in the label.", [{ labels: { version }, value: 1 }]),
  ];
}

function ofReconciler(standing: ReconcilerStanding): readonly Metric[] {
  const { lastPassAt, pulls, stacks, reconciles, leases, swept, unavailable } = standing;
  return [
    gauge("pulls", "Open pull requests that are looked after.", [one(pulls)]),
    gauge("stacks", "Shadow deployments by state.", labelled("state", stacks)),
    counter(
      "reconciles_total",
      "Times a pull request was brought to where it should be, or tried.",
      labelled("outcome", reconciles),
    ),
    counter("lease_renewals_total", "Leases renewed, and those that could not be.", labelled("outcome", leases)),
    counter("swept_total", "Stacks without an owner that were removed.", [one(swept)]),
    gauge("last_pass_seconds", "Unix time of the last look at every pull request; 0: none yet.", [
      one((lastPassAt ?? 0) / 1000),
    ]),
    gauge(
      "unavailable",
      "1 for who does not answer at the moment.",
      OTHERS.map((who) => ({ labels: { who }, value: unavailable[who] === undefined ? 0 : 1 })),
    ),
  ];
}

type Samples = Metric["samples"];

function counter(name: string, help: string, samples: Samples): Metric {
  return { name: `shadow_infra_provisioner_${name}`, help, type: "counter", samples };
}

function gauge(name: string, help: string, samples: Samples): Metric {
  return { name: `shadow_infra_provisioner_${name}`, help, type: "gauge", samples };
}

function one(value: number): Samples[number] {
  return { labels: {}, value };
}

function labelled(label: string, values: Readonly<Record<string, number>>): Samples {
  return Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));
}
