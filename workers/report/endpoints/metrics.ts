/** `/metrics`: sums from the database. Counters inside an isolate would tell of that isolate only. */
import { count, desc, eq, sum } from "drizzle-orm";
import { type Metric, renderMetrics } from "../../../core/report/metrics.ts";
import { DEPLOYMENT_STATES } from "../../../core/wire/api/deployments.ts";
import { MAX_PAGE_DEPLOYMENTS } from "../../../core/wire/api/params.ts";
import { decisions, shadowDeployments } from "../../../migrations/schema.ts";
import type { Database } from "../store/database.ts";
import { type Figures, NO_FIGURES, readFigures } from "./deployment-figures.ts";
import type { Handler } from "./handler.ts";
import { probeMetrics } from "./probes-metrics.ts";

/** The version of the text format is part of the media type, so that scrapers accept it. */
const FORMAT = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };

export const getMetrics: Handler<"getMetrics"> = async (_, { db }) => {
  const [[ready, states, model], probes] = await Promise.all([
    db.batch([readyOnes(db), statesOf(db), modelOf(db)]),
    probeMetrics(db),
  ]);
  const figures = await readFigures(db, ready);
  const counted = ready.map(({ id }): Counted => ({ id, ...(figures.get(id) ?? NO_FIGURES) }));
  const byState = new Map(states.map((row) => [row.state, row.deployments]));
  const all = [stateMetric(byState), pairMetric(counted), driftMetric(counted), ...modelMetrics(model), ...probes];
  return { ok: true, status: 200, body: renderMetrics(all), type: "text/plain", headers: FORMAT };
};

type Counted = Figures & { readonly id: string };

/** The newest; nothing of them but what their figures are found by. */
function readyOnes(db: Database) {
  const { id, repoId, state, createdAt } = shadowDeployments;
  return db
    .select({ id, repoId })
    .from(shadowDeployments)
    .where(eq(state, "ready"))
    .orderBy(desc(createdAt), desc(id))
    .limit(MAX_PAGE_DEPLOYMENTS);
}

function statesOf(db: Database) {
  const { state } = shadowDeployments;
  return db.select({ state, deployments: count() }).from(shadowDeployments).groupBy(state);
}

/** Every state has a sample, so that an alert on one that never occurred is not an alert on nothing. */
function stateMetric(states: ReadonlyMap<string, number>): Metric {
  const samples = DEPLOYMENT_STATES.map((state) => ({ labels: { state }, value: states.get(state) ?? 0 }));
  return { name: "shadow_infra_deployments", help: "Shadow deployments by state.", type: "gauge", samples };
}

/** A gauge: a decision moves pairs from one verdict to another. */
function pairMetric(ready: readonly Counted[]): Metric {
  const samples = ready.flatMap(({ id, counts: { safe, undecided, warning, critical } }) =>
    Object.entries({ Safe: safe, Undecided: undecided, Warning: warning, Critical: critical }).map(
      ([verdict, value]) => ({ labels: { deployment: id, verdict }, value }),
    ),
  );
  return { name: "shadow_infra_pairs", help: "Pairs of ready deployments by verdict.", type: "gauge", samples };
}

function driftMetric(ready: readonly Counted[]): Metric {
  const samples = ready.map(({ id, drifts }) => ({ labels: { deployment: id }, value: drifts }));
  return { name: "shadow_infra_drifts", help: "Drifts of ready deployments, without noise.", type: "gauge", samples };
}

function modelOf(db: Database) {
  const d = decisions;
  return db
    .select({
      state: d.state,
      decisions: count(),
      input: sum(d.inputTokens).mapWith(Number),
      output: sum(d.outputTokens).mapWith(Number),
      cache_read: sum(d.cacheReadTokens).mapWith(Number),
      cache_write: sum(d.cacheWriteTokens).mapWith(Number),
    })
    .from(d)
    .groupBy(d.state);
}

function modelMetrics(rows: Awaited<ReturnType<typeof modelOf>>): readonly Metric[] {
  const kinds = ["input", "output", "cache_read", "cache_write"] as const;
  const tokens = kinds.map((kind) => ({ labels: { kind }, value: rows.reduce((all, row) => all + row[kind], 0) }));
  const byState = rows.map((row) => ({ labels: { state: row.state }, value: row.decisions }));
  return [
    { name: "shadow_infra_model_tokens_total", help: "Tokens of the model by kind.", type: "counter", samples: tokens },
    { name: "shadow_infra_decisions", help: "Decisions on signatures by state.", type: "gauge", samples: byState },
  ];
}
