/** Trends as the report API sends them: an endpoint with a step, one over a budget, one in three regions. The same at every start. */
import { countLevels, overviewOf } from "../../core/trends/overview.ts";
import type { TrendNames, TrendOverview } from "../../core/wire/api/trend-overview.ts";
import { BUDGET_WARNING_SHARE, type Trend, type Trends } from "../../core/wire/api/trends.ts";

type Point = Trend["points"][number];
type Use = Trend["budgets"][number];

const DAY_MS = 86_400_000;
const START_MS = Date.parse("2026-10-20T06:30:00Z");
const THRESHOLDS = { p95_ms: 75, p99_ms: 120, size_kb: 25, failure_rate: 0.05 } as const;

/** Between -1 and 1, without a pattern the eye sees. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}

interface Shape {
  readonly p95: number;
  readonly size?: number;
  readonly failures?: number;
}

function point(run: number, { p95, size = 11.25, failures = 0 }: Shape, own: Partial<Point> = {}): Point {
  return {
    run: `run-${run}`,
    at: new Date(START_MS + run * DAY_MS).toISOString(),
    branch: "main",
    commit: `${(0xa1b2c3d4 + run * 7_919).toString(16)}5e6f`,
    pull: null,
    region: null,
    figures: {
      p50: p95 * 0.6,
      p95,
      p99: p95 * 1.4,
      avg_size_kb: size,
      failures,
      failure_rate: failures / 200,
      requests: 200,
    },
    passed: p95 < THRESHOLDS.p95_ms && failures / 200 < THRESHOLDS.failure_rate,
    ...own,
  };
}

function budgetUse(budget: Use["budget"], value: number, daysToBreach: number | null = null): Use {
  const threshold = THRESHOLDS[budget];
  const used = value / threshold;
  return { budget, threshold, value, use: used, warning: used >= BUDGET_WARNING_SHARE, daysToBreach };
}

function usesOf(points: readonly Point[], daysToBreach: number | null = null): readonly Use[] {
  const newest = points.at(-1)?.figures;
  if (newest === undefined) return [];
  return [
    budgetUse("p95_ms", newest.p95, daysToBreach),
    budgetUse("p99_ms", newest.p99),
    budgetUse("size_kb", newest.avg_size_kb),
    budgetUse("failure_rate", newest.failure_rate),
  ];
}

const STEP_RUN = 22;

const STEPPED = Array.from({ length: 32 }, (_, run) =>
  point(run, { p95: (run < STEP_RUN ? 41 : 62) + 2.5 * noise(run), size: 11 + 0.4 * noise(run + 100) }),
);

const FAILING = Array.from({ length: 12 }, (_, run) =>
  point(20 + run, { p95: 24 + 2 * noise(run + 50), size: 3 + run / 10, failures: run < 10 ? 0 : 12 }),
);

const REGIONS = { "eu-central": 18, "us-east": 44, "ap-south": 71 } as const;

const SPREAD = Object.entries(REGIONS).flatMap(([region, p95], which) =>
  [29, 30, 31].map((run) =>
    point(run + which / 12, { p95: p95 + noise(run + which) }, { region, run: `${region}-${run}` }),
  ),
);

/** A run of a pull request, whose branch tries to look like something else. */
const PULL = point(31.5, { p95: 48 }, { branch: "feature/\u202eelbat", pull: 128, commit: "3f9c1ab77d21" });

const step = { run: `run-${STEP_RUN}`, at: STEPPED[STEP_RUN]?.at ?? "", commit: STEPPED[STEP_RUN]?.commit ?? null };

function trend(endpoint: string, points: readonly Point[], own: Partial<Trend> = {}): Trend {
  const sorted = points.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const budgets = [...usesOf(sorted)];
  return { service: "shop", repository: "example/shop", endpoint, points: sorted, budgets, step: null, ...own };
}

/** All of them, narrowed as the API narrows. */
export function trendsFor(search: URLSearchParams): Trends {
  const asked = (name: string) => search.get(name) ?? undefined;
  const pull = asked("pull");
  const fits = (each: Point) =>
    (pull === undefined ? each.branch === (asked("branch") ?? "main") : each.pull === Number(pull)) &&
    (asked("region") ?? each.region) === each.region;
  const items = TRENDS.filter(
    ({ service, repository, endpoint }) =>
      (asked("service") ?? service) === service &&
      (asked("repository") ?? repository) === repository &&
      (asked("endpoint") ?? endpoint) === endpoint,
  )
    .map((each) => ({ ...each, points: each.points.filter(fits).slice(-Number(asked("runs") ?? 50)) }))
    .filter(({ points }) => points.length > 0);
  return { items, branches: ["develop", "main"], regions: Object.keys(REGIONS).toSorted() };
}

/** The same as the list of the screen asks for it; all on one page. */
export function overviewFor(search: URLSearchParams): TrendOverview {
  const items = overviewOf(trendsFor(search).items);
  return { items: [...items], levels: countLevels(items), nextCursor: null };
}

export const TREND_NAMES: TrendNames = {
  repositories: ["example/shop"],
  services: ["edge", "shop"],
  branches: ["develop", "main"],
  regions: Object.keys(REGIONS).toSorted(),
};

const TRENDS: readonly Trend[] = [
  trend("GET /api/shadow/stats", STEPPED, {
    step: { ...step, before: 41.2, after: 62.4 },
    budgets: [...usesOf(STEPPED, 12.6)],
  }),
  trend("POST /api/shadow/events", [...FAILING, PULL], { budgets: [...usesOf(FAILING)] }),
  trend("GET /healthz", SPREAD, { service: "edge", budgets: [] }),
];
