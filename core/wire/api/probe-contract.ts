/** The part of the contract that is about probes: what they ask of a shadow service, their results and trends. Apart for its length. */
import { json, type Operation } from "./operation.ts";
import { ProbeResultsSchema } from "./probes.ts";
import { ShadowEventsPostSchema, ShadowEventsSchema, ShadowStatsQuerySchema, ShadowStatsSchema } from "./shadow.ts";
import { TrendNamesSchema, TrendOverviewQuerySchema, TrendOverviewSchema } from "./trend-overview.ts";
import { ProbeQuerySchema, ProbeRunListSchema, ProbeRunSchema, TrendQuerySchema, TrendsSchema } from "./trends.ts";

export const PROBE_OPERATIONS = {
  postProbe: {
    method: "post",
    path: "/api/probes",
    audience: "service",
    summary: "Keeps the results of a probe. Results of the same place and time are known: 200, and nothing changes.",
    body: ProbeResultsSchema,
    answers: { 200: json(ProbeRunSchema), 201: json(ProbeRunSchema) },
    problems: [],
  },
  listProbes: {
    method: "get",
    path: "/api/probes",
    audience: "reader",
    summary: "Probe runs, newest first, of all branches and pull requests unless the query names one.",
    query: ProbeQuerySchema,
    answers: { 200: json(ProbeRunListSchema) },
    problems: ["invalid-cursor"],
  },
  getTrends: {
    method: "get",
    path: "/api/trends",
    audience: "reader",
    summary:
      "Probed endpoints over time: of the default branch, or of the branch or pull request that the query names.",
    query: TrendQuerySchema,
    answers: { 200: json(TrendsSchema) },
    problems: [],
  },
  getTrendOverview: {
    method: "get",
    path: "/api/trends/overview",
    audience: "reader",
    summary: "The same endpoints, the worst first, page by page: budgets, step and thinned runs of each.",
    query: TrendOverviewQuerySchema,
    answers: { 200: json(TrendOverviewSchema) },
    problems: ["invalid-cursor"],
  },
  getTrendNames: {
    method: "get",
    path: "/api/trends/names",
    audience: "reader",
    summary: "Repositories, services, branches and regions that probe runs name.",
    answers: { 200: json(TrendNamesSchema) },
    problems: [],
  },
  getShadowStats: {
    method: "get",
    path: "/api/shadow/stats",
    audience: "reader",
    summary: "Latencies of shadows and by how much they were slower, of one deployment or of all that are open.",
    query: ShadowStatsQuerySchema,
    answers: { 200: json(ShadowStatsSchema) },
    problems: ["deployment-not-found", "invalid-cursor"],
  },
  postShadowEvents: {
    method: "post",
    path: "/api/shadow/events",
    audience: "reader",
    summary: "Pairs as events, newest first, of one deployment or of all that are open. Reads only: nothing is stored.",
    body: ShadowEventsPostSchema,
    answers: { 200: json(ShadowEventsSchema) },
    problems: ["deployment-not-found", "invalid-cursor"],
  },
} as const satisfies Readonly<Record<string, Operation>>;
