/**
 * The report Worker's clock: every hour what could not be sent is tried again, every Monday the week is summed up. Last of all, what readers
 * would have to wait for is worked out.
 */
import { deliverMessages } from "./alerts/deliver.ts";
import { settleRecent } from "./alerts/settle.ts";
import { writeWeeklySummary } from "./alerts/weekly.ts";
import type { Env } from "./settings.ts";
import { pruneMessages } from "./store/alerts.ts";
import { openDatabase } from "./store/database.ts";
import { refreshShadowSums } from "./store/shadow-stats.ts";

/** As `workers/report/wrangler.toml` has it. */
const WEEKLY_CRON = "0 8 * * MON";

export async function runSchedule(event: Pick<ScheduledController, "cron">, env: Env): Promise<void> {
  const context = { db: openDatabase(env.DB, env.CF_VERSION_METADATA), env, now: Date.now() };
  await settleRecent(context);
  if (event.cron === WEEKLY_CRON) await writeWeeklySummary(context);
  await deliverMessages(context);
  await pruneMessages(context.db, context.now);
  await refreshShadowSums(context.db);
}
