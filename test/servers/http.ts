/** A real HTTP server on loopback, for tests that need an origin or a stand-in for a service out of reach. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import { freePort } from "./free-port.ts";

export interface Listening {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Ends open connections too, so that a hanging handler cannot hold a test back. */
  close(): Promise<void>;
}

/** Serves `handler` on a free port of 127.0.0.1. Another process can take the port in between: then it tries once more. */
export async function listen(handler: RequestListener, attempts = 5): Promise<Listening> {
  const port = await freePort();
  const server = createServer(handler);
  const sockets = rememberSockets(server);
  try {
    await started(server, port);
  } catch (error) {
    if (attempts <= 1) throw error;
    return listen(handler, attempts - 1);
  }
  return { url: `http://127.0.0.1:${port}`, port, server, close: () => closed(server, sockets) };
}

function started(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

/** Sockets that were upgraded are no longer the server's, so they are remembered here. */
function rememberSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
