/** Probe runs: keeping what CI sends, and the list of them. Texts of a run are data; its times must be near ours. */
import { ulid } from "ulid";
import { z } from "zod";
import { judgeResults } from "../../../core/trends/budget-rows.ts";
import type { BudgetRow, ProbeResults } from "../../../core/wire/api/probes.ts";
import type { ProbeRun } from "../../../core/wire/api/trends.ts";
import { settleAlerts } from "../alerts/settle.ts";
import { decodeCursor, pageOf } from "../http/cursor.ts";
import { done, type Refused, refuse } from "../http/reply.ts";
import type { Env } from "../settings.ts";
import { sha256Hex } from "../sha256.ts";
import { KEPT_MS, keepRun, type ProbeRow, readRuns, type StoredResults, StoredResultsSchema } from "../store/probes.ts";
import type { Handler } from "./handler.ts";
import { readStored } from "./stored.ts";
import { isoTime } from "./time.ts";
import { refreshOverview } from "./trend-overview.ts";

const CREATED = 201;
/** What a clock of CI may be ahead of ours. A run of the far future would stay the newest for ever. */
const CLOCK_SKEW_MS = 5 * 60 * 1_000;
/** A row of D1 holds 2 MB (https://developers.cloudflare.com/d1/platform/limits/); 100 endpoints need a tenth of this. */
const MAX_RESULTS_BYTES = 512 * 1024;
/** With time and address these tell one run from another; a repetition may come from another page of CI. */
const ORIGIN_PARTS = ["repository", "branch", "commit", "pull", "region", "service"] as const;
/** Of a run that does not say what it probed. */
const UNNAMED_SERVICE = "default";

export const postProbe: Handler<"postProbe"> = async ({ body }, { db, env, now, later }) => {
  const refused = refusalOf(body, now);
  if (refused !== null) return refused;
  const candidate = await rowOf(body, env, now);
  if (candidate.results.length > MAX_RESULTS_BYTES)
    return refuse("body-too-large", `Results of ${MAX_RESULTS_BYTES} bytes at most.`);
  const { row, isNew } = await keepRun(db, candidate);
  // Known runs too: the message about one may not have been written the first time.
  later(settleAlerts({ db, env, now }, row));
  if (isNew && row.branchClass === "default") later(refreshOverview(db));
  return done(viewRun(row), isNew ? CREATED : 200);
};

const PositionSchema = z.tuple([z.number(), z.string()]);

export const listProbes: Handler<"listProbes"> = async ({ query }, { db }) => {
  const { cursor, ...filter } = query;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, PositionSchema);
  if (after === null) return refuse("invalid-cursor");
  const rows = await readRuns(db, { ...filter, after });
  const { items, nextCursor } = pageOf(rows, filter.limit, (row) => [row.runAt, row.id]);
  return done({ items: items.map(viewRun), nextCursor });
};

/** What the schema cannot say: the time is about now, and percentiles are in order. */
function refusalOf({ timestamp, endpoints }: ProbeResults, now: number): Refused | null {
  const at = Date.parse(timestamp);
  if (!(at <= now + CLOCK_SKEW_MS))
    return refuse("invalid-request", `body.timestamp: ${timestamp} lies ahead. Is the clock of CI right?`);
  if (at < now - KEPT_MS) return refuse("invalid-request", `body.timestamp: ${timestamp} is older than what is kept.`);
  const wrong = Object.entries(endpoints).find(([, { p50, p95, p99 }]) => p50 > p95 || p95 > p99);
  return wrong === undefined ? null : refuse("invalid-request", `body.endpoints.${wrong[0]}: p50, p95, p99 must rise.`);
}

async function rowOf(results: ProbeResults, env: Env, now: number): Promise<ProbeRow> {
  const { origin = {}, timestamp } = results;
  const { budgets, passed } = judgeResults(results);
  return {
    id: ulid(now),
    contentHash: await sha256Hex(
      JSON.stringify([timestamp, results.base_url, ORIGIN_PARTS.map((part) => origin[part])]),
    ),
    repository: origin.repository ?? "",
    service: origin.service ?? UNNAMED_SERVICE,
    branch: origin.branch ?? "",
    commitSha: origin.commit ?? "",
    pull: origin.pull ?? 0,
    region: origin.region ?? "",
    branchClass: classOf(origin, env),
    runAt: Date.parse(timestamp),
    receivedAt: now,
    passed,
    results: JSON.stringify(storedOf(results, budgets)),
  };
}

/** A pull request is one whatever its branch is called. */
function classOf({ pull, branch }: NonNullable<ProbeResults["origin"]>, env: Env): ProbeRow["branchClass"] {
  if (pull !== undefined) return "pull";
  return branch === env.SHADOW_INFRA_DEFAULT_BRANCH ? "default" : "branch";
}

function storedOf(results: ProbeResults, budgets: readonly BudgetRow[]): StoredResults {
  const { passed: _, budgets: __, ...rest } = results;
  const own = Map.groupBy(budgets, ({ endpoint }) => (Object.hasOwn(results.endpoints, endpoint) ? endpoint : null));
  const endpoints = Object.entries(results.endpoints).map(
    ([endpoint, figures]) => [endpoint, { figures, budgets: own.get(endpoint) ?? [] }] as const,
  );
  return {
    ...rest,
    origin: results.origin ?? {},
    endpoints: Object.fromEntries(endpoints),
    otherBudgets: own.get(null) ?? [],
  };
}

const UNREADABLE: StoredResults = {
  timestamp: isoTime(0),
  base_url: "",
  iterations: 1,
  origin: {},
  endpoints: {},
  otherBudgets: [],
};

function viewRun(row: ProbeRow): ProbeRun {
  const { endpoints, otherBudgets, ...rest } = readStored(row.results, StoredResultsSchema, UNREADABLE);
  const entries = Object.entries(endpoints);
  return {
    ...rest,
    id: row.id,
    receivedAt: isoTime(row.receivedAt),
    passed: row.passed,
    endpoints: Object.fromEntries(entries.map(([endpoint, { figures }]) => [endpoint, figures])),
    budgets: [...entries.flatMap(([, { budgets }]) => budgets), ...otherBudgets],
  };
}
