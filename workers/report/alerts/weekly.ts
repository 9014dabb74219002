/** The summary of the week, written once however often the clock strikes. */
import { and, count, eq, gte, sum } from "drizzle-orm";
import { weeklySummary } from "../../../core/trends/messages/weekly.ts";
import { probeRuns } from "../../../migrations/probe-tables.ts";
import { isoTime } from "../endpoints/time.ts";
import { readTrends } from "../endpoints/trends.ts";
import { writeMessages } from "../store/alerts.ts";
import type { Database } from "../store/database.ts";
import type { AlertContext } from "./deliver.ts";

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;
/** Runs of each service that trends are made of. */
const RUNS = 60;

export async function writeWeeklySummary({ db, env, now }: AlertContext): Promise<void> {
  if (!env.SLACK_WEBHOOK_URL) return;
  const since = now - WEEK_MS;
  const [weeks, trends] = await Promise.all([readWeeks(db, since), readTrends(db, { runs: RUNS })]);
  const message = weeklySummary(weeks, trends, isoTime(since));
  if (message === null) return;
  const name = `weekly ${isoTime(now).slice(0, 10)}`;
  await writeMessages(db, [{ name, channel: "slack", topic: "slack", content: JSON.stringify(message) }], now);
}

function readWeeks(db: Database, since: number) {
  const { repository, service, passed, branchClass, runAt } = probeRuns;
  return db
    .select({ repository, service, runs: count(), passed: sum(passed).mapWith(Number) })
    .from(probeRuns)
    .where(and(eq(branchClass, "default"), gte(runAt, since)))
    .groupBy(repository, service);
}
