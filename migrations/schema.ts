/**
 * The one definition of the tables, with `tee-tables.ts` for what registries write. `npm run migrations:generate` makes the SQL beside it.
 * Rows hold ids, counts and short excerpts; bodies lie in the bucket. Times are Unix milliseconds.
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type CompareSettings, DEFAULT_COMPARE_SETTINGS } from "../core/compare/settings.ts";
import type { Deployment } from "../core/wire/api/deployments.ts";
import { DEFAULT_MIRROR_SETTINGS, type MirrorSettings } from "../core/wire/target.ts";

/** One pull request's shadow at one commit. */
export const shadowDeployments = sqliteTable(
  "shadow_deployments",
  {
    /** `<repoId>-<pr>-<sha12>`. */
    id: text("id").primaryKey(),
    repoId: integer("repo_id").notNull(),
    repoFullName: text("repo_full_name").notNull(),
    prNumber: integer("pr_number").notNull(),
    prTitle: text("pr_title").notNull(),
    prUrl: text("pr_url"),
    branch: text("branch").notNull(),
    headSha: text("head_sha").notNull(),
    /** JSON array of host names. */
    hosts: text("hosts", { mode: "json" }).$type<string[]>().notNull(),
    /** Empty: it has no address yet. */
    shadowOrigin: text("shadow_origin").notNull(),
    rate: real("rate").notNull(),
    /** JSON array of methods that are mirrored. */
    methods: text("methods", { mode: "json" }).$type<string[]>().notNull(),
    controlShare: real("control_share").notNull(),
    /** JSON object: names of test credentials and what is sent for them. */
    credentials: text("credentials", { mode: "json" }).$type<Record<string, string>>().notNull(),
    /** JSON object: everything else that says what is mirrored and how. */
    mirrorSettings: text("mirror_settings", { mode: "json" })
      .$type<MirrorSettings>()
      .notNull()
      .default(DEFAULT_MIRROR_SETTINGS),
    /** JSON object: how answers are compared. */
    compareSettings: text("compare_settings", { mode: "json" })
      .$type<CompareSettings>()
      .notNull()
      .default(DEFAULT_COMPARE_SETTINGS),
    state: text("state", {
      enum: ["pending", "ready", "failed", "idle", "closing", "teardown_failed", "closed"],
    }).notNull(),
    stateReason: text("state_reason"),
    /** JSON object: what runs for it, as the provisioner last said. Null: nobody said. */
    stack: text("stack", { mode: "json" }).$type<Deployment["stack"]>(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    closedAt: integer("closed_at"),
  },
  (t) => [
    index("shadow_deployments_by_pull").on(t.repoId, t.prNumber, t.createdAt, t.id),
    index("shadow_deployments_by_time").on(t.createdAt, t.id),
    /** The provisioner asks for the open ones again and again, beside ever more closed ones. */
    index("shadow_deployments_open").on(t.createdAt, t.id).where(sql`${t.state} <> 'closed'`),
  ],
);

/** One compared request: ids, statuses, latencies, sizes. */
export const responsePairs = sqliteTable(
  "response_pairs",
  {
    id: text("id").primaryKey(),
    deploymentId: text("deployment_id").notNull(),
    /** `GET /orders/{id}`. */
    route: text("route").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    capturedAt: integer("captured_at").notNull(),
    prodStatus: integer("prod_status"),
    shadowStatus: integer("shadow_status"),
    /** Why the shadow gave no answer; null when it answered. */
    shadowFailed: text("shadow_failed"),
    prodLatencyMs: real("prod_latency_ms").notNull(),
    shadowLatencyMs: real("shadow_latency_ms").notNull(),
    /** Second answers and the base stack's; null where nobody asked or nothing came. */
    controlLatencyMs: real("control_latency_ms"),
    baseLatencyMs: real("base_latency_ms"),
    prodBytes: integer("prod_bytes").notNull(),
    shadowBytes: integer("shadow_bytes").notNull(),
    /** JSON array of facts of the request (`query:currency=EUR`), for telling failing from passing pairs; null for old rows. */
    features: text("features"),
    /** Both answers were equal byte for byte. */
    equal: integer("equal", { mode: "boolean" }).notNull(),
    /** Key of the stored exchange in the bucket; null when it was not kept. */
    bodyKey: text("body_key"),
    /** The batch that inserted the row: drifts and routes are counted for its new rows only. */
    insertedBy: text("inserted_by").notNull(),
  },
  (t) => [
    index("response_pairs_by_deployment").on(t.deploymentId, t.id),
    index("response_pairs_by_route").on(t.deploymentId, t.route, t.id),
  ],
);

/** What rules said of one pair. A model's or a person's word is in `decisions` and joined on reading. */
export const verdicts = sqliteTable(
  "verdicts",
  {
    pairId: text("pair_id").primaryKey(),
    deploymentId: text("deployment_id").notNull(),
    verdict: text("verdict", { enum: ["Safe", "Undecided", "Warning", "Critical"] }).notNull(),
    decidedBy: text("decided_by", { enum: ["rule", "model", "person"] }).notNull(),
    reasoning: text("reasoning").notNull(),
    /** JSON array of the pair's findings, noise included, differences as excerpts. */
    findings: text("findings").notNull(),
    /**
     * Sorted JSON array of `[signature, severity, floor, ceiling]` of the findings that count. Pairs with the same text
     * have the same verdict, so counting by it and applying decisions afterwards is cheap.
     */
    signatures: text("signatures").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  // Covers counting by `signatures`, and finding the pairs of some of these texts, without reading a row's findings.
  (t) => [index("verdicts_by_signatures").on(t.deploymentId, t.signatures, t.verdict, t.pairId)],
);

/** All findings of one signature in one deployment. */
export const drifts = sqliteTable(
  "drifts",
  {
    deploymentId: text("deployment_id").notNull(),
    signature: text("signature").notNull(),
    rule: text("rule").notNull(),
    severity: text("severity", { enum: ["Safe", "Warning", "Critical"] }).notNull(),
    floor: text("floor", { enum: ["Safe", "Warning", "Critical"] }).notNull(),
    ceiling: text("ceiling", { enum: ["Safe", "Warning", "Critical"] }).notNull(),
    route: text("route").notNull(),
    pattern: text("pattern").notNull(),
    /** Kind of its first difference; null for findings on whole pairs. */
    kind: text("kind"),
    reason: text("reason").notNull(),
    /** Pairs in which it counts. */
    count: integer("count").notNull(),
    /** Pairs in which it was suppressed as noise, and why it last was. */
    noiseCount: integer("noise_count").notNull(),
    noiseReason: text("noise_reason"),
    /** The reason as a word, `NoiseKind`; null in rows that are older than it. */
    noiseBy: text("noise_by"),
    /** JSON of one difference. */
    sample: text("sample"),
    /** JSON array of up to 20 pair ids. */
    examples: text("examples").notNull(),
    firstSeen: integer("first_seen").notNull(),
    lastSeen: integer("last_seen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.signature] })],
);

/** What a model or a person said of a signature, once per repository. Holds for every deployment of it. */
export const decisions = sqliteTable(
  "decisions",
  {
    repoId: integer("repo_id").notNull(),
    signature: text("signature").notNull(),
    /**
     * `asking`: claimed, no answer yet. `open`: the model gave none, asked again at `next_attempt_at`. `decided`.
     * `unavailable`: no answer within a day of asking, so the rule's verdict stands until the difference is seen again.
     */
    state: text("state", { enum: ["asking", "open", "decided", "unavailable"] }).notNull(),
    decidedBy: text("decided_by", { enum: ["model", "person"] }).notNull(),
    verdict: text("verdict", { enum: ["Safe", "Warning", "Critical"] }),
    reasoning: text("reasoning"),
    /** JSON array of the model's answers where more than one was asked for: each verdict, in order of arrival. */
    votes: text("votes", { mode: "json" }).$type<string[]>().notNull().default([]),
    modelVersion: text("model_version"),
    /** JSON of the redacted question, so that it can be asked again. */
    question: text("question").notNull(),
    /** Who claimed it; only that batch asks. */
    claimedBy: text("claimed_by").notNull(),
    attempts: integer("attempts").notNull(),
    nextAttemptAt: integer("next_attempt_at"),
    lastError: text("last_error"),
    inputTokens: integer("input_tokens").notNull().default(0),
    outputTokens: integer("output_tokens").notNull().default(0),
    cacheReadTokens: integer("cache_read_tokens").notNull().default(0),
    cacheWriteTokens: integer("cache_write_tokens").notNull().default(0),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.repoId, t.signature] }),
    index("decisions_open").on(t.state, t.nextAttemptAt),
    /** Which model decided last. */
    index("decisions_by_model").on(t.updatedAt).where(sql`${t.modelVersion} IS NOT NULL`),
  ],
);

/** Calls of the model, per deployment and per repository and day: what budgets are checked against. */
export const modelUsage = sqliteTable(
  "model_usage",
  {
    /** A deployment's id, or `repo:<id>`. */
    scope: text("scope").notNull(),
    /** `2026-01-31`, in UTC; empty for the whole life of a deployment. */
    day: text("day").notNull(),
    calls: integer("calls").notNull(),
    inputTokens: integer("input_tokens").notNull(),
    outputTokens: integer("output_tokens").notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.day] })],
);

/** Webhook deliveries, for audit and against repetition. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    id: text("id").primaryKey(),
    event: text("event").notNull(),
    action: text("action"),
    repoId: integer("repo_id"),
    prNumber: integer("pr_number"),
    receivedAt: integer("received_at").notNull(),
  },
  (t) => [index("deliveries_by_time").on(t.receivedAt)],
);

/** Counts of one route of one deployment, and what its second answers taught about noise. */
export const routes = sqliteTable(
  "routes",
  {
    deploymentId: text("deployment_id").notNull(),
    route: text("route").notNull(),
    pairs: integer("pairs").notNull(),
    equal: integer("equal").notNull(),
    shadowFailed: integer("shadow_failed").notNull(),
    noise: integer("noise").notNull(),
    /** Pairs whose shadow was slower by the per-pair rule's margins; the rule speaks from the third on. */
    slow: integer("slow").notNull(),
    /** Pairs whose reference was asked twice: the denominator of `learnedNoise`. */
    secondAnswers: integer("second_answers").notNull(),
    /** JSON object: path pattern and kind to how often two answers of production differed there. */
    learnedNoise: text("learned_noise").notNull(),
    /** JSON object of the same keys: how often the shadow differed there from the reference, over `pairs`. */
    shadowDiffered: text("shadow_differed").notNull().default("{}"),
    lastPairAt: integer("last_pair_at").notNull(),
    /** JSON object: `prod:<bucket>` to how many answers of that side fell into it (`core/report/route-latencies.ts`). */
    latencies: text("latencies").notNull().default("{}"),
    /** Pairs in which shadow and reference answered, and by how many ms the shadow was slower in them, added up and at most. */
    deltaCount: integer("delta_count").notNull().default(0),
    deltaSum: real("delta_sum").notNull().default(0),
    deltaMax: real("delta_max"),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.route] })],
);

/**
 * Whether a route became slower, as its sketches said when it had so many pairs. The report fills it when it reads, so that a list
 * of deployments reads the sketches of routes that got pairs since, and no others.
 */
export const latencyChecks = sqliteTable(
  "latency_checks",
  {
    deploymentId: text("deployment_id").notNull(),
    route: text("route").notNull(),
    /** Pairs of the route at that time, the byte-equal ones without a row included. */
    pairs: integer("pairs").notNull(),
    /** All four are null where it is no slower. */
    signature: text("signature"),
    rule: text("rule"),
    severity: text("severity", { enum: ["Safe", "Warning", "Critical"] }),
    reason: text("reason"),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.route] })],
);

/** Routes of a repository that are one: proposed by learning, and in force once a person said so. Signatures use the target's name. */
export const routeAliases = sqliteTable(
  "route_aliases",
  {
    repoId: integer("repo_id").notNull(),
    /** `GET /blog/hello`. */
    route: text("route").notNull(),
    /** `GET /blog/{slug}`. */
    target: text("target").notNull(),
    state: text("state", { enum: ["proposed", "accepted", "refused"] }).notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.repoId, t.route] })],
);
