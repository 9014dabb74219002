/** Sample data of a report API: contract-valid, with every kind of state, verdict and difference a screen has to show. */
import type { z } from "zod";
import type { Deployment, DeploymentListSchema } from "../../core/wire/api/deployments.ts";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import type { RouteAliasList } from "../../core/wire/api/route-aliases.ts";
import type { Route } from "../../core/wire/api/routes.ts";
import { ORDER } from "./drift-data.ts";
import { DEFAULT_MIRRORING } from "./mirroring.ts";
import { FAILED_STACK, READY_STACK, WAITING_STACK } from "./stack-data.ts";

const SHA = "3f9c1ab27d5e4c8890aa17b2c6d4e5f60718293a";

export const MAIN_ID = "4711-128-3f9c1ab27d5e";
export const CLOSED_ID = "4711-126-3f9c1ab27d5e";
export const FAILED_ID = "4711-124-3f9c1ab27d5e";
export const PENDING_ID = "4711-123-3f9c1ab27d5e";

function deployment(values: Partial<Deployment> & Pick<Deployment, "id" | "pull">): Deployment {
  return {
    repository: { id: 4711, fullName: "example/shop" },
    headSha: SHA,
    hosts: ["shop.example.com"],
    shadowOrigin: "https://pr-128-3f9c.shadow.example.com",
    stack: null,
    rate: 0.05,
    mirroring: DEFAULT_MIRRORING,
    state: "ready",
    stateReason: null,
    createdAt: "2026-11-21T20:00:00.000Z",
    closedAt: null,
    lastPairAt: new Date(Date.now() - 4_000).toISOString(),
    counts: { pairs: 0, safe: 0, undecided: 0, warning: 0, critical: 0, shadowFailed: 0 },
    drifts: 0,
    verdict: null,
    ...values,
  };
}

function pull(number: number, title: string, branch: string): Deployment["pull"] {
  return { number, title, branch, url: `https://github.com/example/shop/pull/${number}` };
}

export const DEPLOYMENTS: readonly Deployment[] = [
  deployment({
    id: MAIN_ID,
    pull: pull(128, "Return prices in minor units and page the order history", "feature/minor-units"),
    counts: { pairs: 1_240, safe: 934, undecided: 12, warning: 118, critical: 176, shadowFailed: 6 },
    mirroring: {
      ...DEFAULT_MIRRORING,
      maxRps: 20,
      controlShare: 0.1,
      sticky: "cookie:session",
      include: ["/v1/**"],
      exclude: ["/admin/**"],
      routes: [{ match: "POST /v1/orders", mirror: true }],
      redact: { names: ["ssn"], patterns: ["EMP-[0-9]{6}"], shapeOnly: false, phones: true },
      credentials: ["authorization"],
      stamped: true,
      base: { origin: "https://base-4711.shadow.example.com", deploymentId: "4711-0-aaaaaaaaaaaa", againShare: 0.2 },
    },
    stack: READY_STACK,
    drifts: 9,
    verdict: "Critical",
  }),
  deployment({
    id: "4711-127-3f9c1ab27d5e",
    pull: pull(127, "Cache the catalogue for a minute", "cache-catalogue"),
    counts: { pairs: 482, safe: 471, undecided: 0, warning: 11, critical: 0, shadowFailed: 0 },
    drifts: 1,
    verdict: "Warning",
  }),
  deployment({
    id: CLOSED_ID,
    pull: pull(126, "Update the HTTP client", "deps/http-client"),
    state: "closed",
    closedAt: "2026-11-21T21:30:00.000Z",
    lastPairAt: "2026-11-21T21:29:00.000Z",
    counts: { pairs: 2_110, safe: 2_110, undecided: 0, warning: 0, critical: 0, shadowFailed: 0 },
    verdict: "Safe",
  }),
  deployment({
    id: "4711-125-3f9c1ab27d5e",
    pull: { ...pull(125, "Ask the model again", "undecided"), url: null },
    counts: { pairs: 40, safe: 31, undecided: 9, warning: 0, critical: 0, shadowFailed: 0 },
    drifts: 1,
    verdict: "Undecided",
  }),
  deployment({
    id: FAILED_ID,
    pull: { ...pull(124, "<img src=x onerror=alert(1)> title", "hostile\u202egnp"), url: "javascript:alert(1)" },
    state: "failed",
    stateReason: "image ghcr.io/example/shop:3f9c1ab was not found",
    shadowOrigin: null,
    stack: FAILED_STACK,
    lastPairAt: null,
  }),
  deployment({
    id: PENDING_ID,
    pull: pull(123, "Start of something new", "start"),
    state: "pending",
    stateReason: "CI has not pushed ghcr.io/example/shop:3f9c1ab yet",
    shadowOrigin: null,
    stack: WAITING_STACK,
    lastPairAt: null,
  }),
];

export const DEPLOYMENT_LIST: z.infer<typeof DeploymentListSchema> = { items: [...DEPLOYMENTS], nextCursor: null };

export const LEDGER: Ledger = {
  seen: 26_410,
  sampled: 1_320,
  compared: 1_228,
  equalWithoutRow: 600,
  shadowFailed: 6,
  shadowFailedReasons: { timeout: 4, unreached: 2 },
  skipped: { credentials: 58, stream: 4, "not-modified": 9, breaker: 3 },
  dropped: { "in-flight": 2 },
  lost: { isolate: 5, queue: 1 },
  inFlight: 4,
  inFlightAt: { tee: 1, queue: 3 },
  unreported: 0,
  unrouted: 14,
  hosts: [
    { host: "shop.example.com", unrouted: 14, killSwitch: false, standing: { breaker: "open", probability: 0.012 } },
    { host: "old.example.com", unrouted: 0, killSwitch: true, standing: null },
    { host: "far.example.com", unrouted: 0, killSwitch: null, standing: null },
  ],
  stale: true,
  unexplained: 0,
};

function route(
  name: string,
  counts: Partial<Route["counts"]>,
  found: Pick<Route, "drifts" | "noise"> & Partial<Route>,
): Route {
  const none = { pairs: 0, safe: 0, undecided: 0, warning: 0, critical: 0, shadowFailed: 0 };
  const latency = { prod: null, shadow: null, control: null, base: null, shift: null };
  return { route: name, counts: { ...none, ...counts }, equalWithoutRow: 0, secondAnswers: 0, latency, ...found };
}

function slower(pairs: number): Route["latency"] {
  return {
    prod: { pairs, p50: 8.4, p95: 21, p99: 60 },
    shadow: { pairs, p50: 9.1, p95: 1_240, p99: 2_400 },
    control: null,
    base: null,
    shift: {
      reference: "prod",
      quantile: "p95",
      pairs,
      times: { low: 31.2, value: 59, high: 88 },
      moreMs: { low: 720, value: 1_219, high: 1_780 },
    },
  };
}

export const ROUTES: readonly Route[] = [
  route(ORDER, { pairs: 62, safe: 1, critical: 61 }, { drifts: 3, noise: 62 }),
  route("GET /search", { pairs: 410, safe: 407, critical: 3 }, { drifts: 1, noise: 0, latency: slower(410) }),
  route("GET /reports/{id}", { pairs: 44, safe: 38, critical: 6, shadowFailed: 6 }, { drifts: 1, noise: 0 }),
  route("GET /", { pairs: 300, safe: 288, undecided: 12 }, { drifts: 1, noise: 300 }),
  route("GET /products", { pairs: 424, safe: 424 }, { drifts: 0, noise: 1_270, equalWithoutRow: 400 }),
];

export const ROUTE_ALIASES: RouteAliasList = {
  items: [
    ...["GET /blog/bread", "GET /blog/cakes", "GET /blog/it's-tea"].map((name) =>
      merge(name, "GET /blog/{slug}", "proposed"),
    ),
    merge("GET /help/faq", "GET /help/{page}", "refused"),
  ],
};

function merge(name: string, target: string, state: RouteAliasList["items"][number]["state"]) {
  return { route: name, target, state, updatedAt: "2026-11-21T20:00:00.000Z" };
}
