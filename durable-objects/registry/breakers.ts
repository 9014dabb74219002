/** The breakers of a host's shadows. Whether one is open is stored; the counts that lead there are memory only. */
import type { BreakerState } from "../../core/wire/target.ts";
import { type Breaker, CLOSED, heard, type Outcomes, stateOf, told } from "./breaker.ts";

/** By deployment. */
export type Breakers = Map<string, Breaker>;

export function storedBreakers(sql: SqlStorage): Breakers {
  const rows = sql
    .exec<{ deployment_id: string; breaker: string }>("SELECT deployment_id, breaker FROM breakers")
    .toArray();
  // Only this file writes this column, so the text is a breaker.
  return new Map(rows.map((row) => [row.deployment_id, JSON.parse(row.breaker) as Breaker]));
}

export function hear(sql: SqlStorage, breakers: Breakers, news: Heard): void {
  const before = breakers.get(news.deploymentId) ?? CLOSED;
  keep(sql, breakers, { deploymentId: news.deploymentId, before, after: heard(before, news.outcomes, news.now) });
}

export interface Heard {
  readonly deploymentId: string;
  readonly outcomes: Outcomes;
  readonly now: number;
}

/** What an isolate is told; it may get the trial. */
export function tell(
  sql: SqlStorage,
  breakers: Breakers,
  { deploymentId, isolateId, now }: { readonly deploymentId: string; readonly isolateId: string; readonly now: number },
): BreakerState {
  const before = breakers.get(deploymentId) ?? CLOSED;
  const { breaker, state } = told(before, isolateId, now);
  keep(sql, breakers, { deploymentId, before, after: breaker });
  return state;
}

export function breakerState(breakers: Breakers, deploymentId: string): BreakerState {
  return stateOf(breakers.get(deploymentId) ?? CLOSED);
}

/** Forgets the breakers of deployments that are no longer leased. */
export function keepBreakersOf(sql: SqlStorage, breakers: Breakers, leased: ReadonlySet<string>): void {
  for (const deploymentId of breakers.keys()) {
    if (leased.has(deploymentId)) continue;
    breakers.delete(deploymentId);
    sql.exec("DELETE FROM breakers WHERE deployment_id = ?", deploymentId);
  }
}

function keep(
  sql: SqlStorage,
  breakers: Breakers,
  { deploymentId, before, after }: { readonly deploymentId: string; readonly before: Breaker; readonly after: Breaker },
): void {
  breakers.set(deploymentId, after);
  if (before.openUntil === after.openUntil && before.trial === after.trial) return;
  if (after.openUntil === null) sql.exec("DELETE FROM breakers WHERE deployment_id = ?", deploymentId);
  else
    sql.exec(
      "INSERT OR REPLACE INTO breakers (deployment_id, breaker) VALUES (?, ?)",
      deploymentId,
      JSON.stringify(after),
    );
}
