/** The little HTTP server of the examples: a table of routes in, an answer out. Knows nothing of any example. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Visit {
  /** The `{}` parts of the path, in order. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  /** Scheme, host and port under which this version was asked. */
  readonly origin: string;
}

export interface Reply {
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body: unknown;
  /** Milliseconds of work before the answer. */
  readonly workMs?: number;
}

/** By `GET /purchases/{}`. */
export type Routes = Readonly<Record<string, (visit: Visit) => Reply>>;

const NOT_FOUND: Reply = { code: 404, body: "no such page" };

export function exampleServer(routes: Routes): RequestListener {
  const table = Object.entries(routes).map(([route, handle]) => ({ match: matcherOf(route), handle }));
  return (request, answer) => {
    // HEAD is answered as GET; Node leaves the body out.
    const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
    const origin = `http://${request.headers.host ?? "localhost"}`;
    const url = new URL(request.url ?? "/", origin);
    const found = table.map(({ match, handle }) => ({ parts: match(`${method} ${url.pathname}`), handle }));
    const hit = found.find(({ parts }) => parts !== null);
    const visit: Visit = { parts: hit?.parts ?? [], query: url.searchParams, origin };
    void respond(request, answer, hit?.handle(visit) ?? NOT_FOUND);
  };
}

async function respond(request: IncomingMessage, answer: ServerResponse, reply: Reply): Promise<void> {
  request.resume();
  if (reply.workMs !== undefined) await sleep(reply.workMs);
  const isText = typeof reply.body === "string";
  const text = isText ? reply.body : JSON.stringify(reply.body);
  const body = Buffer.from(text);
  answer.writeHead(reply.code ?? 200, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
    "content-length": String(body.length),
    ...mutable(reply.headers ?? {}),
  });
  answer.end(body);
}

/** Node's types want lists that may be changed. */
function mutable(headers: NonNullable<Reply["headers"]>): Record<string, string | string[]> {
  const entries = Object.entries(headers).map(([header, value]): [string, string | string[]] => [
    header,
    typeof value === "string" ? value : [...value],
  ]);
  return Object.fromEntries(entries);
}

function matcherOf(route: string): (asked: string) => readonly string[] | null {
  const literal = route.split("{}").map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(`^${literal.join("([^/]+)")}$`);
  return (asked) => pattern.exec(asked)?.slice(1) ?? null;
}
