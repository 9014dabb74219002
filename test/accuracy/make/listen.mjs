/** Starts a request handler, or a server of an address that never answers, on a free port of this machine. */
import http from "node:http";
import net from "node:net";

/** The origin of a handler that listens. */
export function listen(handler) {
  return new Promise((resolve) => {
    const server = http.createServer(handler);
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

/** Origins that fail: one hangs, one resets, one is not there (port 9 is the discard service, which no machine here runs). */
export async function broken() {
  const hang = await raw(() => {});
  const reset = await raw((socket) => socket.resetAndDestroy());
  return { hang, reset, refused: "http://127.0.0.1:9" };
}

function raw(onSocket) {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => {
      socket.on("error", () => {});
      onSocket(socket);
    });
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}
