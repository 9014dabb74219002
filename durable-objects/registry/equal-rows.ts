/**
 * How many byte-equal pairs still become a row: all of a deployment's first thousand, then one in a hundred. The database
 * knows how many rows there are, over all hosts; it is asked when the totals are written, until there are enough.
 */

/** Enough to look at; the rest is only counted. */
const FIRST_ROWS = 1_000;
const SHARE_AFTER = 0.01;

export function equalRowShare(sql: SqlStorage, deploymentId: string): number {
  const [row] = sql
    .exec<{ has: number }>("SELECT has_equal_rows AS has FROM deployments WHERE deployment_id = ?", deploymentId)
    .toArray();
  return row?.has === 1 ? SHARE_AFTER : 1;
}

/** Remembers which of the leased deployments have enough rows by now. */
export async function countEqualRows(sql: SqlStorage, db: D1Database): Promise<void> {
  const open = sql
    .exec<{ id: string }>(
      "SELECT deployment_id AS id FROM deployments JOIN targets USING (deployment_id) WHERE has_equal_rows = 0",
    )
    .toArray()
    .map(({ id }) => id);
  if (open.length === 0) return;
  const { results } = await db
    .prepare(
      `SELECT deployment_id AS id FROM routes WHERE deployment_id IN (SELECT value FROM json_each(?))
       GROUP BY deployment_id HAVING sum(equal) >= ?`,
    )
    .bind(JSON.stringify(open), FIRST_ROWS)
    .all<{ id: string }>();
  for (const { id } of results) sql.exec("UPDATE deployments SET has_equal_rows = 1 WHERE deployment_id = ?", id);
}
