/** Probe results as CI sends them. */
import type { ProbedEndpoint, ProbeOrigin, ProbeResults } from "../../../core/wire/api/probes.ts";

export const PATH = "/api/shadow/stats";
const THRESHOLDS = { p95_ms: 100, p99_ms: 200, size_kb: 25, failure_rate: 0.05 } as const;

export interface Given {
  /** Milliseconds before now. */
  readonly ago: number;
  readonly p95?: number;
  readonly endpoint?: string;
  readonly figures?: Partial<ProbedEndpoint>;
  readonly origin?: ProbeOrigin;
  readonly thresholds?: Partial<Record<keyof typeof THRESHOLDS, number>>;
}

/** One endpoint with the budgets above, on the branch main of acme/shop. */
export function results({ ago, p95 = 50, endpoint = PATH, figures = {}, origin = {}, thresholds = {} }: Given) {
  const own: ProbedEndpoint = {
    p50: p95 / 2,
    p95,
    p99: p95 + 1,
    avg_size_kb: 2,
    failures: 0,
    failure_rate: 0,
    ...figures,
  };
  const values = { p95_ms: own.p95, p99_ms: own.p99, size_kb: own.avg_size_kb, failure_rate: own.failure_rate };
  const limits = { ...THRESHOLDS, ...thresholds };
  const budgets = (["p95_ms", "p99_ms", "size_kb", "failure_rate"] as const).map((budget) => ({
    endpoint,
    budget,
    value: values[budget],
    threshold: limits[budget],
    passed: values[budget] < limits[budget],
  }));
  return {
    timestamp: new Date(Date.now() - ago).toISOString(),
    base_url: "http://localhost:8001",
    iterations: 200,
    endpoints: { [endpoint]: own },
    budgets,
    passed: budgets.every(({ passed }) => passed),
    origin: { repository: "acme/shop", branch: "main", service: "shop", ...origin },
  } satisfies ProbeResults;
}
