/**
 * What the report has worked out of a deployment's rows, and how it knows whether that still holds. Apart from the others: nothing here is
 * said by anyone but the database itself. Triggers of migrations 0008 to 0010 keep versions and groups; drizzle knows no triggers, so a migration that
 * makes one of the watched tables anew has to make them anew too (`test/workers/report/store/answers.test.ts` says so).
 */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** How often what answers are worked out of has changed. */
export const answerVersions = sqliteTable("answer_versions", {
  /** A deployment's id (its verdicts, drifts, routes, equal pairs, settings), `repo:<id>` (decisions and merged routes), `merges:<id>` (merged routes alone) or `probes` (probe runs). */
  scope: text("scope").primaryKey(),
  version: integer("version").notNull(),
});

/** What is known of each kind about a deployment, or of all trends: a cache that the report fills as it reads. */
export const answers = sqliteTable(
  "answers",
  {
    /** Of trends: how many runs they show (`50`), or a page of their overview (`overview 0`), or their `names`. */
    deploymentId: text("deployment_id").notNull(),
    kind: text("kind", { enum: ["figures", "drifts", "routes", "shadow", "trends"] }).notNull(),
    /** Versions of deployment and repository, and of the code's form, when it was worked out: it holds while they are the same. */
    version: text("version").notNull(),
    /** JSON. */
    body: text("body").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.kind] })],
);

/** Pairs by what rules said of them: the rows of `verdicts`, counted as they come. Decisions are applied to groups when they are read. */
export const verdictGroups = sqliteTable(
  "verdict_groups",
  {
    deploymentId: text("deployment_id").notNull(),
    route: text("route").notNull(),
    signatures: text("signatures").notNull(),
    verdict: text("verdict", { enum: ["Safe", "Undecided", "Warning", "Critical"] }).notNull(),
    pairs: integer("pairs").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.route, t.signatures, t.verdict] })],
);
