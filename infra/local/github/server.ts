/** The stand-in's HTTP side: reads requests, sends answers with the headers GitHub sends, on 127.0.0.1 only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { failed } from "./answer.ts";
import { dispatch, type Reply } from "./dispatch.ts";
import { pullPage } from "./page.ts";
import type { State } from "./state.ts";

const HOST = "127.0.0.1";
/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api, for an App's installation. */
const LIMIT_PER_HOUR = 5_000;
const HOUR_SECONDS = 3_600;

export async function listen(state: State, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    // A request that is cut off has nobody to answer.
    answerTo(state, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  return server;
}

export function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
}

async function answerTo(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (state.fault?.kind === "down") {
    request.socket.destroy();
    return;
  }
  if (state.fault?.kind === "slow") await wait(state.fault.ms);
  const { method = "GET", url = "/" } = request;
  const page = method === "GET" ? await pullPage(state, url) : null;
  if (page !== null) {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
    return;
  }
  const body = await bodyOf(request);
  const reply = body === null ? NO_JSON : dispatch(state, { method, target: url, headers: textHeaders(request), body });
  send(state, response, reply);
}

const NO_JSON: Reply = {
  status: 400,
  bytes: Buffer.from(JSON.stringify(failed(400, "Problems parsing JSON").body)),
  headers: {},
};

function textHeaders(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

/** Null: it is no JSON object. */
async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)); // A request's stream holds bytes.
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function send(state: State, response: ServerResponse, { status, bytes, headers }: Reply): void {
  // An answer "304 Not Modified" costs nothing of the limit.
  const used = state.calls.filter((call) => call.status !== 304).length;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-github-request-id": `LOCAL:${state.calls.length}`,
    "x-ratelimit-limit": String(LIMIT_PER_HOUR),
    "x-ratelimit-remaining": String(Math.max(LIMIT_PER_HOUR - used, 1)),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(Math.floor(state.now() / 1000) + HOUR_SECONDS),
    "x-ratelimit-resource": "core",
    ...headers,
  });
  response.end(bytes);
}
