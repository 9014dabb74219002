/** A report API for the pages' tests: HTTP on a loopback port, sample data, and switches for the ways it can refuse. */
import type { ServerResponse } from "node:http";
import { listen } from "../servers/http.ts";
import { DRIFTS, SHAPE_HINT } from "./drift-data.ts";
import { EMPTY_LEDGER } from "./ledger.ts";
import { PAIRS } from "./pair-data.ts";
import { DEPLOYMENT_LIST, DEPLOYMENTS, LEDGER, MAIN_ID, ROUTE_ALIASES, ROUTES } from "./report-data.ts";
import { overviewFor, TREND_NAMES, trendsFor } from "./trend-data.ts";

/** How it answers: with the sample data, without deployments, not as asked, or not at all. */
export type Mode = "data" | "empty" | "no-authentication" | "other-form" | "gone";

export interface ReportApi {
  readonly url: string;
  setMode(mode: Mode): void;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startReportApi(): Promise<ReportApi> {
  let mode: Mode = "data";
  const server = await listen((request, response) => {
    if (mode === "gone") {
      request.socket.destroy();
      return;
    }
    const { status, body } = answerTo(new URL(request.url ?? "/", "http://localhost"), mode);
    send(response, status, body);
  });
  return {
    url: server.url,
    close: () => server.close(),
    setMode: (next) => {
      mode = next;
    },
  };
}

const NO_OVERVIEW = { items: [], levels: { over: 0, near: 0, unknown: 0, held: 0 }, nextCursor: null };
const NO_TRENDS = { items: [], branches: [], regions: [] };

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** What a path is answered with. Exported for the test that holds the sample data against the contract. */
export function answerTo(url: URL, mode: Mode): Reply {
  if (mode === "no-authentication") {
    return problem(503, "authentication-not-configured", "Set ACCESS_TEAM_DOMAIN and ACCESS_AUD.");
  }
  if (mode === "other-form") return { status: 200, body: { rows: [] } };
  if (mode === "empty" && url.pathname === "/api/deployments")
    return { status: 200, body: { items: [], nextCursor: null } };
  const [, api, kind, id, part] = url.pathname.split("/");
  if (api !== "api") return problem(404, "not-found", "No such path.");
  if (kind === "deployments" && id === undefined) return { status: 200, body: DEPLOYMENT_LIST };
  if (kind === "trends") return { status: 200, body: trendsAt(id, mode, url.searchParams) };
  if (kind === "repositories" && part === "route-aliases") return { status: 200, body: ROUTE_ALIASES };
  const found = kind === "pairs" ? PAIRS.find((pair) => pair.id === id) : partOf(id, part, url);
  return found === undefined ? problem(404, "not-found", `There is no ${url.pathname}.`) : { status: 200, body: found };
}

function trendsAt(part: string | undefined, mode: Mode, search: URLSearchParams): unknown {
  if (part === "names") return TREND_NAMES;
  if (part === "overview") return mode === "empty" ? NO_OVERVIEW : overviewFor(search);
  return mode === "empty" ? NO_TRENDS : trendsFor(search);
}

function partOf(id: string | undefined, part: string | undefined, url: URL): unknown {
  const deployment = DEPLOYMENTS.find((each) => each.id === id);
  if (deployment === undefined || part === undefined) return deployment;
  const full = id === MAIN_ID;
  const verdict = url.searchParams.get("verdict");
  const pairs = full ? PAIRS.filter((pair) => verdict === null || pair.verdict === verdict) : [];
  const parts: Readonly<Record<string, unknown>> = {
    drifts: { items: full ? DRIFTS : [], shapeHint: full ? SHAPE_HINT : null },
    routes: { items: full ? ROUTES : [] },
    ledger: full ? LEDGER : EMPTY_LEDGER,
    pairs: { items: pairs, nextCursor: null },
  };
  return parts[part];
}

function problem(status: number, code: string, detail: string): Reply {
  return { status, body: { type: "about:blank", title: code, status, detail, code } };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(JSON.stringify(body));
}
