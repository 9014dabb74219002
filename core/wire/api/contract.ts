/**
 * The contract of the report API: every operation once, with its schemas and who may call it.
 * The Worker mounts this table, the OpenAPI document is made from it, and clients take their types from it.
 */
import { CompareAnswerSchema, CompareRequestSchema } from "./compare.ts";
import { DeliveryPostSchema, DeliverySchema } from "./deliveries.ts";
import {
  DeploymentListSchema,
  DeploymentPutSchema,
  DeploymentSchema,
  DeploymentStatePostSchema,
  DeploymentWrittenSchema,
  LeaseSchema,
} from "./deployments.ts";
import { DriftListSchema } from "./drifts.ts";
import { KillSwitchPutSchema, KillSwitchSchema } from "./kill-switch.ts";
import { LeasesPostSchema, LeasesSchema } from "./leases.ts";
import { LedgerSchema } from "./ledger.ts";
import { json, type Operation } from "./operation.ts";
import { PairDetailSchema, PairListSchema } from "./pairs.ts";
import {
  DeploymentParamsSchema,
  DeploymentQuerySchema,
  HostParamsSchema,
  PairParamsSchema,
  PairQuerySchema,
  PullParamsSchema,
  PullQuerySchema,
} from "./params.ts";
import { PROBE_OPERATIONS } from "./probe-contract.ts";
import { RouteAliasListSchema, RouteAliasParamsSchema, RouteAliasPostSchema } from "./route-aliases.ts";
import { RouteListSchema } from "./routes.ts";
import { HealthSchema, VersionSchema } from "./service.ts";
import { ShadowEventsPostSchema, ShadowEventsSchema, ShadowStatsQuerySchema, ShadowStatsSchema } from "./shadow.ts";

export const OPERATIONS = {
  listDeployments: {
    method: "get",
    path: "/api/deployments",
    audience: "reader",
    summary: "Shadow deployments, newest first.",
    query: DeploymentQuerySchema,
    answers: { 200: json(DeploymentListSchema) },
    problems: ["invalid-cursor"],
  },
  getDeployment: {
    method: "get",
    path: "/api/deployments/{id}",
    audience: "reader",
    summary: "One deployment with its counts.",
    params: DeploymentParamsSchema,
    answers: { 200: json(DeploymentSchema) },
    problems: ["deployment-not-found"],
  },
  listDrifts: {
    method: "get",
    path: "/api/deployments/{id}/drifts",
    audience: "reader",
    summary: "Findings of a deployment, grouped by signature: worst first, then by count; noise last.",
    params: DeploymentParamsSchema,
    answers: { 200: json(DriftListSchema) },
    problems: ["deployment-not-found"],
  },
  listPairs: {
    method: "get",
    path: "/api/deployments/{id}/pairs",
    audience: "reader",
    summary: "Pairs of a deployment, newest first, by verdict, route or signature.",
    params: DeploymentParamsSchema,
    query: PairQuerySchema,
    answers: { 200: json(PairListSchema) },
    problems: ["deployment-not-found", "invalid-cursor"],
  },
  listRoutes: {
    method: "get",
    path: "/api/deployments/{id}/routes",
    audience: "reader",
    summary: "Routes of a deployment with their counts.",
    params: DeploymentParamsSchema,
    answers: { 200: json(RouteListSchema) },
    problems: ["deployment-not-found"],
  },
  getLedger: {
    method: "get",
    path: "/api/deployments/{id}/ledger",
    audience: "reader",
    summary: "Where every request of a deployment went.",
    params: DeploymentParamsSchema,
    answers: { 200: json(LedgerSchema) },
    problems: ["deployment-not-found"],
  },
  getKillSwitch: {
    method: "get",
    path: "/api/hosts/{host}/kill-switch",
    audience: "reader",
    summary: "Whether mirroring of a host is switched off.",
    params: HostParamsSchema,
    answers: { 200: json(KillSwitchSchema) },
    problems: ["registry-unavailable"],
  },
  putKillSwitch: {
    method: "put",
    path: "/api/hosts/{host}/kill-switch",
    audience: "operator",
    summary:
      "Switches all mirroring of a host off, or back on. Needs no database; every isolate follows within 10 seconds.",
    params: HostParamsSchema,
    body: KillSwitchPutSchema,
    answers: { 200: json(KillSwitchSchema) },
    problems: ["registry-unavailable"],
  },
  getPair: {
    method: "get",
    path: "/api/pairs/{id}",
    audience: "reader",
    summary: "One pair with its findings and, where they were kept, both answers.",
    params: PairParamsSchema,
    answers: { 200: json(PairDetailSchema) },
    problems: ["pair-not-found"],
  },
  getPull: {
    method: "get",
    path: "/api/pulls/{repoId}/{pr}",
    audience: "reader",
    summary: "The deployments of one pull request, newest first.",
    params: PullParamsSchema,
    query: PullQuerySchema,
    answers: { 200: json(DeploymentListSchema) },
    problems: ["invalid-cursor"],
  },
  listRouteAliases: {
    method: "get",
    path: "/api/repositories/{repoId}/route-aliases",
    audience: "reader",
    summary: "Routes of a repository that are merged into one, or proposed to be.",
    params: RouteAliasParamsSchema,
    answers: { 200: json(RouteAliasListSchema) },
    problems: [],
  },
  postRouteAliases: {
    method: "post",
    path: "/api/repositories/{repoId}/route-aliases",
    audience: "operator",
    summary: "Accepts or refuses a merge of routes. Decisions on the merged routes hold for the new one.",
    params: RouteAliasParamsSchema,
    body: RouteAliasPostSchema,
    answers: { 200: json(RouteAliasListSchema) },
    problems: [],
  },
  putDeployment: {
    method: "put",
    path: "/api/deployments/{id}",
    audience: "service",
    summary: "Registers a shadow deployment or updates it. A closed one starts again as pending.",
    params: DeploymentParamsSchema,
    body: DeploymentPutSchema,
    answers: { 200: json(DeploymentWrittenSchema), 201: json(DeploymentWrittenSchema) },
    problems: ["id-mismatch", "registry-unavailable"],
  },
  postState: {
    method: "post",
    path: "/api/deployments/{id}/state",
    audience: "service",
    summary: "Says where the shadow stands. Anything but ready ends its lease; ready needs an address and a host.",
    params: DeploymentParamsSchema,
    body: DeploymentStatePostSchema,
    answers: { 200: json(DeploymentWrittenSchema) },
    problems: ["deployment-not-found", "deployment-closed", "deployment-not-ready", "registry-unavailable"],
  },
  postLease: {
    method: "post",
    path: "/api/deployments/{id}/lease",
    audience: "service",
    summary: "Starts or renews the mirroring of a ready deployment on all its hosts.",
    params: DeploymentParamsSchema,
    answers: { 200: json(LeaseSchema) },
    problems: [
      "deployment-not-found",
      "deployment-closed",
      "deployment-not-ready",
      "settings-unreadable",
      "registry-unavailable",
    ],
  },
  postLeases: {
    method: "post",
    path: "/api/leases",
    audience: "service",
    summary:
      "Starts or renews the mirroring of many deployments with one call. Each has its own outcome: a problem of one does not hold up the others.",
    body: LeasesPostSchema,
    answers: { 200: json(LeasesSchema) },
    problems: ["settings-unreadable"],
  },
  postDelivery: {
    method: "post",
    path: "/api/deliveries",
    audience: "service",
    summary: "Records a webhook delivery. One that was told before is refused, for the 30 days that it is kept.",
    body: DeliveryPostSchema,
    answers: { 201: json(DeliverySchema) },
    problems: ["delivery-known"],
  },
  deleteDeployment: {
    method: "delete",
    path: "/api/deployments/{id}",
    audience: "service",
    summary: "Ends the lease at once and closes the deployment. Its data stays.",
    params: DeploymentParamsSchema,
    answers: { 200: json(DeploymentWrittenSchema) },
    problems: ["deployment-not-found", "registry-unavailable"],
  },
  compare: {
    method: "post",
    path: "/compare",
    audience: "service",
    summary: "Judges one pair sent by HTTP and stores it, like those of the queue.",
    body: CompareRequestSchema,
    answers: { 200: json(CompareAnswerSchema) },
    problems: ["deployment-not-found", "pair-exists", "compare-unavailable"],
  },
  ...PROBE_OPERATIONS,
  getHealth: {
    method: "get",
    path: "/healthz",
    audience: "anyone",
    summary: "The Worker runs.",
    answers: { 200: json(HealthSchema) },
    problems: [],
  },
  getReadiness: {
    method: "get",
    path: "/readyz",
    audience: "reader",
    summary: "The Worker runs and its database answers.",
    answers: { 200: json(HealthSchema) },
    problems: ["storage-unavailable"],
  },
  getVersion: {
    method: "get",
    path: "/version",
    audience: "reader",
    summary: "Which version runs.",
    answers: { 200: json(VersionSchema) },
    problems: [],
  },
  getMetrics: {
    method: "get",
    path: "/metrics",
    audience: "reader",
    summary: "Figures of all open deployments in Prometheus' text format.",
    answers: { 200: { type: "text/plain" } },
    problems: [],
  },
  getOpenApi: {
    method: "get",
    path: "/openapi.json",
    audience: "reader",
    summary: "This contract as an OpenAPI 3.1 document.",
    answers: { 200: { type: "application/json" } },
    problems: [],
  },
  getDocs: {
    method: "get",
    path: "/docs",
    audience: "reader",
    summary: "This contract as a page to read.",
    answers: { 200: { type: "text/html" } },
    problems: [],
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof OPERATIONS;
