/** The statements the report sends, explained by the real database: none reads a whole table. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ReportWorker, type Stores, startReportWorker } from "../report-worker.ts";
import { workerModule } from "../worker-module.ts";

const ID = "7-12-0123456789ab";
const IDS = [ID];
const GROUPS = [{ signatures: "[]", verdict: "Safe" }];

type Read = (db: unknown, ...input: unknown[]) => Promise<unknown>;
type Reads = Readonly<Record<string, Read>>;

interface Sent {
  readonly sql: string;
  readonly params: unknown[];
}

let report: ReportWorker;
let open: (binding: unknown, upload: object) => unknown;

beforeAll(async () => {
  report = await startReportWorker();
  const module = await workerModule<{ openDatabase: typeof open }>("store/database.ts");
  open = module.openDatabase;
});
afterAll(() => report.close());

/** The real database, which also notes what it is asked. */
function noting(database: Stores["DB"], sent: Sent[]) {
  return {
    prepare: (sql: string) => ({
      bind: (...params: unknown[]) => {
        sent.push({ sql, params });
        return database.prepare(sql).bind(...params);
      },
    }),
  };
}

async function planOf({ sql, params }: Sent): Promise<string> {
  const explained = report.env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...params);
  const { results } = await explained.all<{ detail: string }>();
  return results.map(({ detail }) => detail).join("\n");
}

const page = { deploymentId: ID, limit: 50 };
const SORTED = /TEMP B-TREE/;
const NOT_SORTED = /^(?![^]*TEMP B-TREE)/;

test.each<[file: string, read: string, input: unknown[], ...plan: RegExp[]]>([
  ["deployments.ts", "findDeployment", [ID]],
  ["deployments.ts", "readDeployments", [{ limit: 20 }], /shadow_deployments_by_time/, NOT_SORTED],
  ["deployments.ts", "readDeployments", [{ limit: 20, after: [1, ID] }], /shadow_deployments_by_time \(/, NOT_SORTED],
  ["deployments.ts", "readDeployments", [{ limit: 20, pull: { repoId: 7, number: 12 } }], /by_pull/, NOT_SORTED],
  ["deployments.ts", "readDeployments", [{ limit: 20, open: true }], /shadow_deployments_open/, NOT_SORTED],
  ["deployments.ts", "findDeployments", [IDS]],
  ["verdicts.ts", "readGroups", [IDS], /sqlite_autoindex_verdict_groups/],
  ["verdicts.ts", "readRouteGroups", [ID], /sqlite_autoindex_verdict_groups/, NOT_SORTED],
  ["decisions.ts", "readDecisions", [IDS]],
  ["drifts.ts", "readDrifts", [ID]],
  ["drifts.ts", "readCounting", [IDS]],
  ["hindsight.ts", "readExplained", [IDS]],
  ["routes.ts", "readRoutes", [ID], NOT_SORTED],
  ["routes.ts", "readRouteActivity", [ID], NOT_SORTED],
  ["routes.ts", "readTotals", [IDS]],
  ["latency-checks.ts", "readSlowRoutes", [IDS], /sqlite_autoindex_latency_checks/],
  ["observed.ts", "readNewestOfRoutes", [ID, ["GET /"]], /response_pairs_by_route/],
  ["observed.ts", "readNewestOfGroups", [ID, [GROUPS]], /COVERING INDEX verdicts_by_signatures/],
  ["observed.ts", "readObserved", [["p1"]]],
  ["answers.ts", "readAnswers", ["figures", IDS], NOT_SORTED],
  ["equal-pairs.ts", "readEqualTotals", [IDS]],
  ["equal-pairs.ts", "readEqualCounts", [IDS]],
  ["equal-pairs.ts", "readEqualRoutes", [ID]],
  ["tee-counters.ts", "readCountingHosts", [ID]],
  ["pairs.ts", "findPair", ["p1"]],
  ["pairs.ts", "readPairs", [page], /response_pairs_by_deployment/, NOT_SORTED],
  ["pairs.ts", "readPairs", [{ ...page, after: "p5" }], /response_pairs_by_deployment \(.*id<\?/, NOT_SORTED],
  ["pairs.ts", "readPairs", [{ ...page, route: "GET /", after: "p5" }], /by_route \(.*id<\?/, NOT_SORTED],
  ["pairs.ts", "readPairs", [{ ...page, groups: GROUPS }], /COVERING INDEX verdicts_by_signatures/, SORTED],
  ["pairs.ts", "readPairs", [{ ...page, groups: GROUPS, route: "GET /", after: "p5" }], /COVERING INDEX/, SORTED],
])("%s: %s(%j) finds its rows by an index", async (file, read, input, ...expected) => {
  const sent: Sent[] = [];
  const reads = await workerModule<Reads>(`store/${file}`);
  await reads[read]?.(open(noting(report.env.DB, sent), { id: "this" }), ...input);
  expect(sent.length).toBeGreaterThan(0);
  const plans = await Promise.all(sent.map(planOf));
  for (const line of plans.join("\n").split("\n"))
    if (line.startsWith("SCAN")) expect(line).toMatch(/VIRTUAL TABLE|USING.*INDEX|^SCAN shown$/);
  for (const pattern of expected) expect(plans.join("\n")).toMatch(pattern);
});
