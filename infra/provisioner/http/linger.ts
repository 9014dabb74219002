/**
 * Ends a connection whose request was answered before its body had come whole, so that the answer arrives. Node closes such a
 * connection at once, and closing one with bytes unread resets it: the reset overtakes the answer, and the sender sees "connection
 * reset" in place of the reason (https://www.rfc-editor.org/rfc/rfc9112#section-9.6). Keeps nothing of what it reads.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

export interface LingerLimits {
  /** How long a connection is read on after its answer. */
  readonly ms: number;
  /** How many bytes of it, none of which is kept. */
  readonly bytes: number;
}

/** As long as nginx waits for the sender of a body it refused: https://nginx.org/en/docs/http/ngx_http_core_module.html#lingering_timeout */
const LINGER_MS = 5_000;

/** More than GitHub's largest payload of 25 MB, so that even a sender that reads nothing before it has sent everything gets its answer. */
const LINGER_BYTES = 32 * 1024 * 1024;

const LIMITS: LingerLimits = { ms: LINGER_MS, bytes: LINGER_BYTES };

/** Has all connections of the server end so. They call `destroySoon` once an answer that says `connection: close` is written. */
export function lingerOnClose(server: Server, limits = LIMITS): void {
  // A connection's requests come one after the other, so only the newest can be incomplete.
  const newest = new WeakMap<Socket, IncomingMessage>();
  server.prependListener("request", (request: IncomingMessage) => void newest.set(request.socket, request));
  server.on("connection", (socket: Socket) => {
    const endNow = socket.destroySoon.bind(socket);
    let lingers = false;
    socket.destroySoon = () => {
      const request = newest.get(socket);
      if (request === undefined || request.complete) return endNow();
      if (lingers) return;
      lingers = true;
      const late = setTimeout(() => socket.destroy(), limits.ms);
      socket.once("close", () => clearTimeout(late));
      // The answer, then our half of the end; who has both sends no more and ends the other half.
      socket.end();
      request.once("end", endNow);
      discard(socket, request, limits.bytes);
    };
  });
}

/** Up to the limit; then the sender is stopped by nobody reading, and its time runs out. */
function discard(socket: Socket, request: IncomingMessage, bytes: number): void {
  const until = socket.bytesRead + bytes;
  // Whoever was reading the body would keep what arrives, for a reader that has gone.
  request.removeAllListeners("data");
  request.resume();
  // Counted at the socket: of a request that nobody began to read, Node throws the body away without saying so.
  socket.on("data", () => {
    if (socket.bytesRead < until) return;
    request.pause();
    socket.pause();
  });
}
