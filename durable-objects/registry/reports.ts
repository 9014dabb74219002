/**
 * Counters as the isolates report them. Each reports totals that only grow, so a repeated or lost report does no harm:
 * the latest sequence wins, and what it adds to the isolate's one before goes into the sums.
 */
import type { Bounded } from "./bounds.ts";
import { type Counts, inHand, LOST_WITH_ISOLATE, UNROUTED } from "./counts.ts";
import { storeEqualRoutes } from "./equal-reports.ts";
import { addToTotals, type Change } from "./totals.ts";

/** What a report told that the one before did not. */
export interface News {
  /** Since the isolate's last report; null at its first. */
  readonly forMs: number | null;
  /** By deployment. */
  readonly grown: ReadonlyMap<string, Counts>;
}

/** Stores a report; null when this or a later one of the same isolate is already there. */
export function storeReport(sql: SqlStorage, report: Bounded, now: number): News | null {
  const last = lastReport(sql, report.isolateId);
  if (last !== undefined && last.sequence >= report.sequence) return null;
  const before = withoutRestarted(sql, report, { before: countsBefore(sql, report.isolateId), now });
  const after = countsAfter(report, before);
  storeChanges(sql, report.isolateId, { before, after, now });
  storeEqualRoutes(sql, report);
  sql.exec(
    "INSERT OR REPLACE INTO reporters (isolate_id, sequence, reported_at, in_hand, is_lost) VALUES (?, ?, ?, ?, 0)",
    report.isolateId,
    report.sequence,
    now,
    [...after.values()].reduce((sum, counts) => sum + Math.max(0, inHand(counts)), 0),
  );
  return { forMs: last === undefined ? null : now - last.reported_at, grown: growth(before, after) };
}

function lastReport(sql: SqlStorage, isolateId: string) {
  return sql
    .exec<{ sequence: number; reported_at: number }>(
      "SELECT sequence, reported_at FROM reporters WHERE isolate_id = ?",
      isolateId,
    )
    .toArray()[0];
}

type ByDeployment = ReadonlyMap<string, Counts>;

/** The isolate's counters by deployment, as last stored. */
export function countsBefore(sql: SqlStorage, isolateId: string): ByDeployment {
  const rows = sql
    .exec<{ deployment_id: string; counter: string; value: number }>(
      "SELECT deployment_id, counter, value FROM reports WHERE isolate_id = ?",
      isolateId,
    )
    .toArray();
  const counts = new Map<string, Record<string, number>>();
  for (const { deployment_id, counter, value } of rows) {
    const own = counts.get(deployment_id) ?? {};
    own[counter] = value;
    counts.set(deployment_id, own);
  }
  return counts;
}

/**
 * An isolate forgets a deployment that was not routed for long, and counts from zero when it comes back: what it counted
 * before stays in the sums, what it had in hand is lost, and the new count comes on top.
 */
function withoutRestarted(sql: SqlStorage, report: Bounded, { before, now }: { before: ByDeployment; now: number }) {
  const { isolateId, deployments } = report;
  const kept = new Map(before);
  for (const [deploymentId, { seen = 0 }] of deployments) {
    const former = before.get(deploymentId);
    if (former === undefined || seen >= (former["seen"] ?? 0)) continue;
    const by = inHand(former) - (former[LOST_WITH_ISOLATE] ?? 0);
    if (by !== 0) addToTotals(sql, [{ deploymentId, counter: LOST_WITH_ISOLATE, by }], now);
    sql.exec("DELETE FROM reports WHERE isolate_id = ? AND deployment_id = ?", isolateId, deploymentId);
    kept.delete(deploymentId);
  }
  return kept;
}

/** A deployment the isolate no longer speaks of keeps its counters; nothing is lost with an isolate that speaks. */
function countsAfter(report: Bounded, before: ByDeployment): ByDeployment {
  const after = new Map<string, Counts>([["", { [UNROUTED]: report.unrouted }], ...report.deployments]);
  for (const [deploymentId, counts] of before) {
    const found: Counts = counts[LOST_WITH_ISOLATE] === undefined ? {} : { [LOST_WITH_ISOLATE]: 0 };
    after.set(deploymentId, { ...counts, ...after.get(deploymentId), ...found });
  }
  return after;
}

/** Stores the counters of one isolate that changed, and adds the difference to the sums. */
export function storeChanges(
  sql: SqlStorage,
  isolateId: string,
  { before, after, now }: { readonly before: ByDeployment; readonly after: ByDeployment; readonly now: number },
): void {
  const changes: (Change & { readonly value: number })[] = [];
  for (const [deploymentId, counts] of after)
    for (const [counter, value] of Object.entries(counts)) {
      const by = value - (before.get(deploymentId)?.[counter] ?? 0);
      if (by !== 0) changes.push({ deploymentId, counter, value, by });
    }
  if (changes.length === 0) return;
  sql.exec(
    `INSERT OR REPLACE INTO reports (isolate_id, deployment_id, counter, value)
     SELECT ?1, value ->> 'deploymentId', value ->> 'counter', value ->> 'value' FROM json_each(?2)`,
    isolateId,
    JSON.stringify(changes),
  );
  addToTotals(sql, changes, now);
}

function growth(before: ByDeployment, after: ByDeployment): ByDeployment {
  const grown = ([deploymentId, counts]: readonly [string, Counts]): [string, Counts] => [
    deploymentId,
    Object.fromEntries(
      Object.entries(counts).map(([counter, value]) => [counter, value - (before.get(deploymentId)?.[counter] ?? 0)]),
    ),
  ];
  return new Map([...after].map(grown));
}
