/** A server behind a wire that can be cut: it goes away and comes back, for this caller only. */
import { connect, createServer, type NetConnectOpts, type Socket } from "node:net";

export interface Wire {
  /** Of 127.0.0.1. */
  readonly port: number;
  /** Ends all connections and takes no new ones. */
  readonly cut: () => Promise<void>;
  readonly restore: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `server`: a port and host, or a socket's path. */
export async function wireTo(server: NetConnectOpts): Promise<Wire> {
  const open = new Set<Socket>();
  const proxy = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ ...server, allowHalfOpen: true });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = async (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      proxy.once("error", reject);
      proxy.listen(port, "127.0.0.1", () => {
        const address = proxy.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  const cut = async (): Promise<void> =>
    new Promise((resolve) => {
      proxy.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  const port = await listen(0);
  return {
    port,
    cut,
    restore: async () => {
      await listen(port);
    },
    close: async () => {
      if (proxy.listening) await cut();
    },
  };
}
