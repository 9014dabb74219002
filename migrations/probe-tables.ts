/** Tables of probe runs and of what is told about them. Apart from the others for their length. Times are Unix milliseconds. */
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Whose trend a run belongs to: the default branch's, another branch's or a pull request's. */
export const BRANCH_CLASSES = ["default", "branch", "pull"] as const;

/** One run of a probe, as CI sent it. Empty texts stand for what the run did not name. */
export const probeRuns = sqliteTable(
  "probe_runs",
  {
    id: text("id").primaryKey(),
    /** Hash of where and when it was made: the same results sent again are known by it. */
    contentHash: text("content_hash").notNull(),
    repository: text("repository").notNull(),
    service: text("service").notNull(),
    branch: text("branch").notNull(),
    commitSha: text("commit_sha").notNull(),
    /** 0: no pull request. */
    pull: integer("pull").notNull(),
    region: text("region").notNull(),
    branchClass: text("branch_class", { enum: BRANCH_CLASSES }).notNull(),
    /** When the probe began, by its own clock. */
    runAt: integer("run_at").notNull(),
    receivedAt: integer("received_at").notNull(),
    passed: integer("passed", { mode: "boolean" }).notNull(),
    /** JSON object: the results with their budgets judged (`ProbeResultsSchema`). */
    results: text("results").notNull(),
  },
  (t) => [
    uniqueIndex("probe_runs_by_content").on(t.contentHash),
    index("probe_runs_by_time").on(t.runAt, t.id),
    /** The newest runs of one trend, and those beyond what is kept. */
    index("probe_runs_by_trend").on(t.repository, t.service, t.branchClass, t.runAt, t.id),
  ],
);

/** What was last told of a service's default branch: the levels of its budgets. One row, so that of two writers one notices the other. */
export const probeAlerts = sqliteTable(
  "probe_alerts",
  {
    repository: text("repository").notNull(),
    service: text("service").notNull(),
    region: text("region").notNull(),
    /** JSON object: `endpoint`, newline, `budget` to its level; those that hold are left out. */
    levels: text("levels").notNull(),
    /** One more with each change. */
    version: integer("version").notNull(),
    /** Who made the last change, so that its messages are written with it or not at all. */
    writer: text("writer").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [uniqueIndex("probe_alerts_by_service").on(t.repository, t.service, t.region)],
);

/** Messages to people, in the order in which they are to be sent. Kept until they are sent or given up, then a month. */
export const alertMessages = sqliteTable(
  "alert_messages",
  {
    ordinal: integer("ordinal").primaryKey({ autoIncrement: true }),
    /** Says what the message is about: the same cannot be written twice. */
    name: text("name").notNull(),
    channel: text("channel", { enum: ["slack", "pagerduty"] }).notNull(),
    /** Messages of one topic are sent one after the other. */
    topic: text("topic").notNull(),
    /** JSON object: what the channel is sent, without its secret. */
    content: text("content").notNull(),
    state: text("state", { enum: ["waiting", "sent", "given-up"] }).notNull(),
    attempts: integer("attempts").notNull(),
    /** Nobody else tries before this time. */
    nextAt: integer("next_at").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Why the last attempt failed. */
    error: text("error"),
  },
  (t) => [uniqueIndex("alert_messages_by_name").on(t.name), index("alert_messages_waiting").on(t.state, t.nextAt)],
);
