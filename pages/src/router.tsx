/** The addresses of the pages and the screen at each. */
import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { errorOf } from "./api/failure.ts";
import type { PairFilter } from "./api/queries.ts";
import { DeploymentsScreen } from "./deployments/deployments-screen.tsx";
import { Failure, Loading } from "./frame/failure.tsx";
import { Frame } from "./frame/frame.tsx";
import { PairsScreen } from "./pairs/pairs-screen.tsx";
import { ReportScreen } from "./report/report-screen.tsx";

// Comparing bodies is the largest part and needed on one screen only.
const PairScreen = lazy(() => import("./pair/pair-screen.tsx").then((part) => ({ default: part.PairScreen })));

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

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export const router = createRouter({
  routeTree: root.addChildren([list, report, pairs, pair]),
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: typeof router;
  }
}
