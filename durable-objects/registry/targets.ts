/** The shadows a host mirrors to. A target that is not renewed stops counting when its lease ends. */
import type { MirrorTarget } from "../../core/wire/target.ts";

/** Sets or renews a target until `expiresAt` (Unix milliseconds); a renewal carries the whole target, so a lost write heals. */
export function storeTarget(sql: SqlStorage, target: MirrorTarget, expiresAt: number): void {
  sql.exec(
    "INSERT OR REPLACE INTO targets (deployment_id, target, expires_at) VALUES (?, ?, ?)",
    target.deploymentId,
    JSON.stringify(target),
    expiresAt,
  );
}

export function releaseTarget(sql: SqlStorage, deploymentId: string): void {
  sql.exec("DELETE FROM targets WHERE deployment_id = ?", deploymentId);
}

/** Targets whose lease holds at `now`, in a stable order. Expired ones are removed on the way. */
export function activeTargets(sql: SqlStorage, now: number): readonly MirrorTarget[] {
  sql.exec("DELETE FROM targets WHERE expires_at <= ?", now);
  const rows = sql.exec<{ target: string }>("SELECT target FROM targets ORDER BY deployment_id").toArray();
  // Only storeTarget writes this column, so the text is a target.
  return rows.map((row) => JSON.parse(row.target) as MirrorTarget);
}
