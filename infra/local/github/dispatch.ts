/** From a request to its answer: faults first, then who calls, what they may, and the route's answer. Sends nothing itself. */
import { type Caller, callerOf, refusal } from "./access.ts";
import { type Answer, etagOf, failed, notFound } from "./answer.ts";
import { type ApiCall, matchRoute, type Route } from "./route.ts";
import { APP_ROUTES } from "./routes/apps.ts";
import { FILE_ROUTES } from "./routes/files.ts";
import { PULL_ROUTES } from "./routes/pulls.ts";
import { STATUS_ROUTES } from "./routes/statuses.ts";
import { type Repository, repositoryNamed, type State } from "./state.ts";

export const ROUTES: readonly Route[] = [...APP_ROUTES, ...PULL_ROUTES, ...FILE_ROUTES, ...STATUS_ROUTES];

/** GitHub Enterprise has the API below this path. */
export const ENTERPRISE_PREFIX = "/api/v3";

export interface ApiRequest {
  readonly method: string;
  /** Path and query, as the client sent them. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer as it goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export function dispatch(state: State, request: ApiRequest): Reply {
  const url = new URL(request.target, state.origin());
  const prefix = url.pathname.startsWith(`${ENTERPRISE_PREFIX}/`) ? ENTERPRISE_PREFIX : "";
  const asked = url.pathname.slice(prefix.length);
  const caller = callerOf(state, request.headers["authorization"]);
  const place = placeOf(state, asked);
  const path = place === null ? asked : `/repos/${place.repository.fullName}${place.rest}`;
  const route = routeOf(request.method, path);
  const reply = replyOf(answerOf(), request.headers["if-none-match"]);
  state.calls.push({
    method: request.method,
    path: `${asked}${url.search}`,
    route: route?.of.name ?? null,
    status: reply.status,
    as: caller.kind,
    userAgent: request.headers["user-agent"] ?? null,
  });
  return reply;

  function answerOf(): Answer {
    const limited = limit(state);
    if (limited !== null) return limited;
    if (place?.moved === true) return moved(request.method, `${state.origin()}${prefix}${byId(place)}${url.search}`);
    if (route === null) return caller.kind === "nobody" ? unknown(caller) : notFound();
    const listing = {
      url: `${state.origin()}${prefix}${place === null ? asked : byId(place)}`,
      query: url.searchParams,
    };
    const { headers, body } = request;
    const call = { state, caller, params: route.params, query: url.searchParams, body, listing };
    return run(route.of, { ...call, accept: headers["accept"] ?? "" }, place);
  }
}

/** Whoever has the answer already gets none: 304, by its entity tag. */
function replyOf({ status, body, headers = {} }: Answer, ifNoneMatch: string | undefined): Reply {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  if (status !== 200) return { status, bytes, headers };
  const etag = etagOf(bytes);
  const isKnown = ifNoneMatch === etag;
  return { status: isKnown ? 304 : 200, bytes: isKnown ? new Uint8Array() : bytes, headers: { ...headers, etag } };
}

function routeOf(method: string, path: string) {
  for (const route of ROUTES) {
    const params = matchRoute(route, method, path);
    if (params !== null) return { of: route, params };
  }
  return null;
}

function run(route: Route, call: ApiCall, place: Place | null): Answer {
  const { state, caller } = call;
  if (route.of !== "repository") return caller.kind === route.of ? route.answer(call) : unknown(caller);
  if (place === null) return caller.kind === "nobody" ? unknown(caller) : notFound();
  const { repository } = place;
  return refusal(state, caller, { repository, needs: route.needs }) ?? route.answer({ ...call, repository });
}

function unknown(caller: Caller): Answer {
  return failed(401, caller.kind === "nobody" ? caller.why : "A JSON web token could not be decoded");
}

interface Place {
  readonly repository: Repository;
  /** What follows the repository in the path. */
  readonly rest: string;
  /** It was asked for by a name it had before. */
  readonly moved: boolean;
}

/** The repository a path is about, by name or by id. */
function placeOf(state: State, path: string): Place | null {
  const [, id, afterId = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const [, name, afterName = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  const byNumber = id === undefined ? undefined : state.repositories.get(Number(id));
  if (byNumber !== undefined && !byNumber.removed) return { repository: byNumber, rest: afterId, moved: false };
  if (name === undefined) return null;
  const fullName = decodeURIComponent(name);
  const found = repositoryNamed(state, fullName);
  if (found !== null) return { repository: found, rest: afterName, moved: false };
  const former = state.repositories.get(state.formerNames.get(fullName.toLowerCase()) ?? -1);
  return former === undefined || former.removed ? null : { repository: former, rest: afterName, moved: true };
}

function byId({ repository, rest }: Place): string {
  return `/repositories/${repository.id}${rest}`;
}

/** https://docs.github.com/rest/using-the-rest-api: 301 for reads, 307 for what must keep its method and body. */
function moved(method: string, location: string): Answer {
  const status = method === "GET" || method === "HEAD" ? 301 : 307;
  return { ...failed(status, "Moved Permanently"), headers: { location } };
}

function limit({ fault, now }: State): Answer | null {
  if (fault === null || fault.kind === "down" || fault.kind === "slow") return null;
  if (fault.kind === "error") return failed(fault.status, "Server Error");
  if (fault.kind === "secondary-limit")
    return failed(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", {
      "retry-after": String(fault.seconds),
    });
  return failed(403, "API rate limit exceeded for installation ID 1.", {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.floor(now() / 1000) + fault.seconds),
  });
}
