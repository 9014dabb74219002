/** What the screens ask for, how often, and under which key it is kept. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { DeploymentListSchema, DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { DriftListSchema } from "../../../core/wire/api/drifts.ts";
import { LedgerSchema } from "../../../core/wire/api/ledger.ts";
import { PairDetailSchema, PairListSchema } from "../../../core/wire/api/pairs.ts";
import { RouteAliasListSchema } from "../../../core/wire/api/route-aliases.ts";
import { RouteListSchema } from "../../../core/wire/api/routes.ts";
import { TrendsSchema } from "../../../core/wire/api/trends.ts";
import { read } from "./client.ts";

/** How often an open deployment is read again, in milliseconds. */
const LIVE_MS = 2_000;

/** How often the list looks for new deployments when all it shows are closed, in milliseconds. */
const IDLE_MS = 10_000;

/** How often proposed merges are read again, in milliseconds. */
const MERGES_MS = 60_000;

/** How often trends are read again, in milliseconds. */
const TRENDS_MS = 60_000;

/** The list of deployments, page by page. */
export function deploymentsQuery() {
  return infiniteQueryOptions({
    queryKey: ["deployments"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read({ path: `/api/deployments${search({ cursor: pageParam })}`, schema: DeploymentListSchema, signal }),
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) => {
      const open = state.data?.pages.some((page) => page.items.some((item) => item.state !== "closed"));
      return open === false ? IDLE_MS : LIVE_MS;
    },
  });
}

export function deploymentQuery(id: string) {
  return queryOptions({
    queryKey: ["deployment", id],
    queryFn: ({ signal }) => read({ path: at(id), schema: DeploymentSchema, signal }),
    refetchInterval: ({ state }) => (state.data?.state === "closed" ? false : LIVE_MS),
  });
}

/** Polls while `live`. The flag is part of the key, so that the last change is read once more after the end. */
export function ledgerQuery(id: string, live: boolean) {
  return queryOptions({
    queryKey: ["ledger", id, live],
    queryFn: ({ signal }) => read({ path: `${at(id)}/ledger`, schema: LedgerSchema, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (live || (state.data?.inFlight ?? 0) > 0 ? LIVE_MS : false),
  });
}

/** See `ledgerQuery` for `live`. */
export function driftsQuery(id: string, live: boolean) {
  return queryOptions({
    queryKey: ["drifts", id, live],
    queryFn: ({ signal }) => read({ path: `${at(id)}/drifts`, schema: DriftListSchema, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live && LIVE_MS,
  });
}

/** See `ledgerQuery` for `live`. */
export function routesQuery(id: string, live: boolean) {
  return queryOptions({
    queryKey: ["routes", id, live],
    queryFn: ({ signal }) => read({ path: `${at(id)}/routes`, schema: RouteListSchema, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live && LIVE_MS,
  });
}

/** Merges of a repository's routes. They are looked for every few minutes, so once a minute is enough. */
export function mergesQuery(repoId: number) {
  return queryOptions({
    queryKey: ["merges", repoId],
    queryFn: ({ signal }) =>
      read({ path: `/api/repositories/${repoId}/route-aliases`, schema: RouteAliasListSchema, signal }),
    refetchInterval: MERGES_MS,
  });
}

/** What a list of pairs is narrowed to; absent keys narrow nothing. */
export interface PairFilter {
  readonly verdict?: string;
  readonly route?: string;
  readonly signature?: string;
}

/** Pairs of a deployment, newest first, page by page. Not polled: rows would move under the reader. */
export function pairsQuery(id: string, filter: PairFilter) {
  return infiniteQueryOptions({
    queryKey: ["pairs", id, filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      read({ path: `${at(id)}/pairs${search({ ...filter, cursor: pageParam })}`, schema: PairListSchema, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });
}

export function pairQuery(id: string) {
  return queryOptions({
    queryKey: ["pair", id],
    queryFn: ({ signal }) => read({ path: `/api/pairs/${encodeURIComponent(id)}`, schema: PairDetailSchema, signal }),
  });
}

/** What the trends are narrowed to; absent keys narrow nothing. */
export interface TrendFilter {
  readonly repository?: string;
  readonly service?: string;
  readonly branch?: string;
  readonly pull?: number;
  readonly region?: string;
}

/** Probe results over time. Runs come from pipelines, so they are looked for once a minute. */
export function trendsQuery(filter: TrendFilter) {
  const { pull, ...texts } = filter;
  return queryOptions({
    queryKey: ["trends", filter],
    queryFn: ({ signal }) =>
      read({ path: `/api/trends${search({ ...texts, pull: pull?.toString() })}`, schema: TrendsSchema, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: TRENDS_MS,
  });
}

/** Everything that trends can be narrowed to: all of them with one run each. */
export function trendChoicesQuery() {
  return queryOptions({
    queryKey: ["trend-choices"],
    queryFn: ({ signal }) => read({ path: "/api/trends?runs=1", schema: TrendsSchema, signal }),
    refetchInterval: TRENDS_MS,
  });
}

function at(deploymentId: string): string {
  return `/api/deployments/${encodeURIComponent(deploymentId)}`;
}

function search(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
