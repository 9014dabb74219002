/** The newest run of each trend that metrics show: default branches, and the pull requests that were probed last. */
import { desc, sql } from "drizzle-orm";
import { probeRuns } from "../../../migrations/probe-tables.ts";
import type { Database } from "./database.ts";
import type { ProbeRow } from "./probes.ts";

const t = probeRuns;

/** Pull requests come and go: each would leave series behind for ever. */
export const PULLS_SHOWN = 20;
/** Services and regions of default branches, at most. */
const DEFAULTS_SHOWN = 100;

/** Newest first. */
export async function readNewestRuns(db: Database): Promise<readonly ProbeRow[]> {
  const [defaults, pulls] = [newest("default", DEFAULTS_SHOWN), newest("pull", PULLS_SHOWN)];
  return db
    .select()
    .from(t)
    .where(sql`${t.id} IN (${defaults}) OR ${t.id} IN (${pulls})`)
    .orderBy(desc(t.runAt), desc(t.id));
}

function newest(branchClass: "default" | "pull", most: number) {
  return sql`SELECT id FROM (
      SELECT id, run_at, row_number() OVER (PARTITION BY repository, service, region, pull ORDER BY run_at DESC, id DESC) AS place
      FROM ${t} WHERE branch_class = ${branchClass}
    ) WHERE place = 1 ORDER BY run_at DESC, id DESC LIMIT ${most}`;
}
