/** What the screens ask for, how often, and under which key it is kept. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { DeploymentListSchema, DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { DriftListSchema } from "../../../core/wire/api/drifts.ts";
import { LedgerSchema } from "../../../core/wire/api/ledger.ts";
import { PairDetailSchema, PairListSchema } from "../../../core/wire/api/pairs.ts";
import { RouteAliasListSchema } from "../../../core/wire/api/route-aliases.ts";
import { RouteListSchema } from "../../../core/wire/api/routes.ts";
import { TrendNamesSchema, TrendOverviewSchema, type TrendSummary } from "../../../core/wire/api/trend-overview.ts";
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

/** The probed endpoints with thinned runs, page by page. Runs come from pipelines, so they are looked for once a minute. */
export function trendOverviewQuery({ pull, ...texts }: TrendFilter) {
  return infiniteQueryOptions({
    queryKey: ["trends", { pull, ...texts }],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const asked = search({ ...texts, pull: pull?.toString(), cursor: pageParam });
      return read({ path: `/api/trends/overview${asked}`, schema: TrendOverviewSchema, signal });
    },
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: TRENDS_MS,
  });
}

/** All runs of one endpoint that the filter lets in. */
export function trendQuery({ pull, ...texts }: TrendFilter, { service, repository, endpoint }: TrendSummary) {
  // An empty text is asked for too: runs that name no repository.
  const own = new URLSearchParams({ service, repository: repository ?? "", endpoint });
  const rest = search({ branch: texts.branch, region: texts.region, pull: pull?.toString() }).replace("?", "&");
  return queryOptions({
    queryKey: ["trend", { pull, ...texts }, service, repository, endpoint],
    queryFn: ({ signal }) => read({ path: `/api/trends?${own}${rest}`, schema: TrendsSchema, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: TRENDS_MS,
  });
}

/** Everything that trends can be narrowed to. */
export function trendNamesQuery() {
  return queryOptions({
    queryKey: ["trend-names"],
    queryFn: ({ signal }) => read({ path: "/api/trends/names", schema: TrendNamesSchema, signal }),
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
