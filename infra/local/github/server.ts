/** The stand-in's HTTP side: reads requests, sends answers with the headers GitHub sends, on 127.0.0.1 only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, etagOf, failed } from "./answer.ts";
import { dispatch } from "./dispatch.ts";
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
  const body = await bodyOf(request);
  const answer =
    body === null
      ? failed(400, "Problems parsing JSON")
      : dispatch(state, {
          method: request.method ?? "GET",
          target: request.url ?? "/",
          headers: textHeaders(request),
          body,
        });
  send(state, response, { answer, ifNoneMatch: request.headers["if-none-match"] });
}

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

interface Sending {
  readonly answer: Answer;
  readonly ifNoneMatch: string | undefined;
}

function send(state: State, response: ServerResponse, { answer, ifNoneMatch }: Sending): void {
  const bytes = answer.body instanceof Uint8Array ? answer.body : Buffer.from(JSON.stringify(answer.body ?? ""));
  const etag = etagOf(bytes);
  const isKnown = answer.status === 200 && ifNoneMatch === etag;
  const used = state.calls.length;
  response.writeHead(isKnown ? 304 : answer.status, {
    "content-type": "application/json; charset=utf-8",
    "x-github-request-id": `LOCAL:${used}`,
    "x-ratelimit-limit": String(LIMIT_PER_HOUR),
    "x-ratelimit-remaining": String(Math.max(LIMIT_PER_HOUR - used, 1)),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(Math.floor(state.now() / 1000) + HOUR_SECONDS),
    "x-ratelimit-resource": "core",
    ...(answer.status === 200 ? { etag } : {}),
    ...answer.headers,
  });
  response.end(isKnown ? undefined : bytes);
}
