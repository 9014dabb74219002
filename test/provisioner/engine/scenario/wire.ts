/** The engine at hand behind a wire that can be cut: an engine that goes away and comes back, for this caller only. */
import { connect, createServer, type Socket } from "node:net";

export interface Wire {
  /** `tcp://127.0.0.1:<port>`. */
  readonly dockerHost: string;
  /** Ends all connections and takes no new ones. */
  readonly cut: () => Promise<void>;
  readonly restore: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `socketPath` is the engine's own socket. */
export async function wireTo(socketPath: string): Promise<Wire> {
  const open = new Set<Socket>();
  const proxy = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path: socketPath, allowHalfOpen: true });
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
    dockerHost: `tcp://127.0.0.1:${port}`,
    cut,
    restore: async () => {
      await listen(port);
    },
    close: async () => {
      if (proxy.listening) await cut();
    },
  };
}
