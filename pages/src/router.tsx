/** The addresses of the pages and the screen at each. */
import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { errorOf } from "./api/failure.ts";
import type { PairFilter, TrendFilter } from "./api/queries.ts";
import { DeploymentsScreen } from "./deployments/deployments-screen.tsx";
import { Failure, Loading } from "./frame/failure.tsx";
import { Frame } from "./frame/frame.tsx";
import { PairsScreen } from "./pairs/pairs-screen.tsx";
import { ReportScreen } from "./report/report-screen.tsx";

// Comparing bodies is the largest part and needed on one screen only.
const PairScreen = lazy(() => import("./pair/pair-screen.tsx").then((part) => ({ default: part.PairScreen })));

// Charts are needed on one screen only, too.
const TrendsScreen = lazy(() => import("./trends/trends-screen.tsx").then((part) => ({ default: part.TrendsScreen })));

const NOT_FOUND = errorOf({ kind: "problem", status: 404, code: "", detail: "" });

const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => <Failure error={NOT_FOUND} />,
  errorComponent: ({ error }) => <Failure error={error instanceof Error ? error : new Error(String(error))} />,
});

const list = createRoute({ getParentRoute: () => root, path: "/", component: DeploymentsScreen });

const report = createRoute({
  getParentRoute: () => root,
  path: "/deployments/$id",
  component: function Report() {
    return <ReportScreen id={report.useParams().id} />;
  },
});

const pairs = createRoute({
  getParentRoute: () => root,
  path: "/deployments/$id/pairs",
  validateSearch: (search: Record<string, unknown>): PairFilter => ({
    verdict: text(search.verdict),
    route: text(search.route),
    signature: text(search.signature),
  }),
  component: function Pairs() {
    return <PairsScreen id={pairs.useParams().id} filter={pairs.useSearch()} />;
  },
});

const pair = createRoute({
  getParentRoute: () => root,
  path: "/pairs/$id",
  component: function Pair() {
    return (
      <Suspense fallback={<Loading />}>
        <PairScreen id={pair.useParams().id} />
      </Suspense>
    );
  },
});

const trends = createRoute({
  getParentRoute: () => root,
  path: "/trends",
  validateSearch: (search: Record<string, unknown>): TrendFilter => ({
    repository: text(search.repository),
    service: text(search.service),
    branch: text(search.branch),
    pull: positive(search.pull),
    region: text(search.region),
  }),
  component: function Trends() {
    return (
      <Suspense fallback={<Loading />}>
        <TrendsScreen filter={trends.useSearch()} />
      </Suspense>
    );
  },
});

/** What looks like a number in an address arrives as one: a branch may be called `2026`. */
function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function positive(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

export const router = createRouter({
  routeTree: root.addChildren([list, report, pairs, pair, trends]),
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: typeof router;
  }
}
