/** Listens for the service's app with Node's own server, with limits for whoever is slow, and ends it in order. */
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { lingerOnClose } from "./linger.ts";
import { BODY_LIMIT_MS } from "./webhook.ts";

export interface Listener {
  /** `http://127.0.0.1:8000`. */
  readonly origin: string;
  /** Takes no new connections, lets answers under way end, and closes what is left after `drainMs`. */
  readonly stop: (drainMs: number) => Promise<void>;
}

/** How often Node looks for connections over their limit. */
const CHECK_MS = 500;
/** Longer than proxies in front keep idle connections (cloudflared 90 s): they close first. */
const KEEP_ALIVE_MS = 95_000;
/** Connections at a time; GitHub opens a few. */
const MAX_CONNECTIONS = 500;

export interface Address {
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  /** How long head and body of a request may take together. */
  readonly bodyLimitMs?: number;
}

export async function listenWith(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port, bodyLimitMs = BODY_LIMIT_MS }: Address,
): Promise<Listener> {
  const limits = {
    requestTimeout: bodyLimitMs,
    headersTimeout: bodyLimitMs,
    connectionsCheckingInterval: CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  // The listener answers errors itself and never rejects.
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer(limits, (request, response) => void answer(request, response));
  server.maxConnections = MAX_CONNECTIONS;
  lingerOnClose(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { origin: originOf(server), stop: (drainMs) => drained(server, drainMs) };
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

function drained(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
