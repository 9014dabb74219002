/** The shadows a host mirrors to. A target that is not renewed stops counting when its lease ends. */
import type { MirrorTarget } from "../../core/wire/target.ts";

export interface LeasedTarget {
  readonly target: MirrorTarget;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** Sets or renews a target until `expiresAt` (Unix milliseconds); a renewal carries the whole target, so a lost write heals. */
export function storeTarget(sql: SqlStorage, { target, expiresAt }: LeasedTarget, now: number): void {
  const { deploymentId } = target;
  sql.exec(
    "INSERT OR REPLACE INTO targets (deployment_id, target, expires_at) VALUES (?, ?, ?)",
    deploymentId,
    JSON.stringify(target),
    expiresAt,
  );
  sql.exec(
    "INSERT INTO deployments (deployment_id, leased_at) VALUES (?1, ?2) ON CONFLICT (deployment_id) DO UPDATE SET leased_at = ?2",
    deploymentId,
    now,
  );
}

export function releaseTarget(sql: SqlStorage, deploymentId: string): void {
  sql.exec("DELETE FROM targets WHERE deployment_id = ?", deploymentId);
}

/** Targets whose lease holds at `now`, in a stable order. Expired ones are removed on the way. */
export function activeTargets(sql: SqlStorage, now: number): readonly LeasedTarget[] {
  sql.exec("DELETE FROM targets WHERE expires_at <= ?", now);
  const rows = sql
    .exec<{ target: string; expires_at: number }>("SELECT target, expires_at FROM targets ORDER BY deployment_id")
    .toArray();
  // Only storeTarget writes this column, so the text is a target.
  return rows.map((row) => ({ target: JSON.parse(row.target) as MirrorTarget, expiresAt: row.expires_at }));
}

/** Deployments that were leased here lately: only what is reported of them is taken. */
export function knownDeployments(sql: SqlStorage): ReadonlySet<string> {
  const rows = sql.exec<{ deployment_id: string }>("SELECT deployment_id FROM deployments").toArray();
  return new Set(rows.map((row) => row.deployment_id));
}
