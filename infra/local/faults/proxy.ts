/**
 * A TCP proxy on loopback that stands in front of a service and makes its network bad: cuts connections, holds bytes back, lets them trickle,
 * or is not there at all. It knows nothing of HTTP, and draws by a seed: the same requests in the same order meet the same faults.
 */
import { once } from "node:events";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { drawOf } from "../../../core/wire/faults.ts";
import { freePort } from "../ports.ts";

/** How often a trickle flows. */
const TRICKLE_MS = 20;
const MS = 1_000;

export interface NetworkFaults {
  /** Share of requests whose connection is cut, half of them before the service hears of it, half within the answer. */
  readonly cutRate: number;
  /** Milliseconds that what a client sends is held back. */
  readonly delayMs: number;
  /** Of answers, on each connection; null: as fast as they come. */
  readonly bytesPerS: number | null;
}

export const NO_NETWORK_FAULTS: NetworkFaults = { cutRate: 0, delayMs: 0, bytesPerS: null };

export interface FaultProxy {
  readonly port: number;
  /** From now on, also on connections that are open. */
  readonly set: (faults: NetworkFaults) => void;
  /** Nobody listens any more: what is open ends, what is new is refused. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  /** Connections that were cut so far. */
  readonly cuts: () => number;
  readonly close: () => Promise<void>;
}

export interface ProxyTarget {
  readonly host: string;
  readonly port: number;
  readonly seed: number;
}

interface State {
  readonly target: ProxyTarget;
  readonly sockets: Set<Socket>;
  faults: NetworkFaults;
  draws: number;
  cuts: number;
}

export async function startFaultProxy(target: ProxyTarget): Promise<FaultProxy> {
  const state: State = { target, sockets: new Set(), faults: NO_NETWORK_FAULTS, draws: 0, cuts: 0 };
  const server = createServer({ noDelay: true }, (client) => join(client, state));
  const port = await freePort();
  await listening(server, port);
  const down = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of state.sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    set: (faults) => {
      state.faults = faults;
    },
    down,
    up: () => (server.listening ? Promise.resolve() : listening(server, port)),
    cuts: () => state.cuts,
    close: down,
  };
}

async function listening(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

/** One client's connection, and the one to the service that belongs to it. */
interface Joined {
  readonly client: Socket;
  readonly service: Socket;
  /** The answer to come is cut in the middle. */
  isDoomed: boolean;
}

function join(client: Socket, state: State): void {
  const service = createConnection({ host: state.target.host, port: state.target.port, noDelay: true });
  const joined: Joined = { client, service, isDoomed: false };
  for (const [one, other] of [
    [client, service],
    [service, client],
  ] as const) {
    state.sockets.add(one);
    one.on("error", () => other.destroy());
    one.on("close", () => {
      state.sockets.delete(one);
      other.destroy();
    });
  }
  void pass(client, (bytes) => asked(bytes, joined, state)).then(() => service.end());
  void pass(service, (bytes) => answered(bytes, joined, state)).then(() => client.end());
}

/** Each chunk after the one before it. An end by an error is told by `close`. */
async function pass(from: Socket, to: (bytes: Buffer) => Promise<void>): Promise<void> {
  try {
    for await (const chunk of from) {
      // A stream without an encoding gives bytes.
      const bytes: unknown = chunk;
      if (Buffer.isBuffer(bytes)) await to(bytes);
    }
  } catch {
    from.destroy();
  }
}

async function asked(bytes: Buffer, joined: Joined, state: State): Promise<void> {
  const { cutRate, delayMs } = state.faults;
  if (cutRate > 0) {
    state.draws += 1;
    const draw = drawOf(state.target.seed, state.draws);
    if (draw < cutRate / 2) return cut(joined, state, "at once");
    joined.isDoomed = draw < cutRate;
  }
  if (delayMs > 0) await sleep(delayMs);
  await written(joined.service, bytes);
}

async function answered(bytes: Buffer, joined: Joined, state: State): Promise<void> {
  const { bytesPerS } = state.faults;
  if (joined.isDoomed) {
    await written(joined.client, bytes.subarray(0, Math.floor(bytes.length / 2)));
    return cut(joined, state, "after what was sent");
  }
  if (bytesPerS === null) return written(joined.client, bytes);
  const step = Math.max(1, Math.floor((bytesPerS * TRICKLE_MS) / MS));
  for (let at = 0; at < bytes.length; at += step) {
    await written(joined.client, bytes.subarray(at, at + step));
    await sleep(TRICKLE_MS);
  }
}

/** At once is a reset, as of a router that forgets a connection; a reset would also take back what the client has not read yet. */
function cut({ client, service }: Joined, state: State, when: "at once" | "after what was sent"): void {
  state.cuts += 1;
  if (when === "at once") client.resetAndDestroy();
  else client.destroySoon();
  service.destroy();
}

async function written(to: Socket, bytes: Buffer): Promise<void> {
  if (!to.destroyed && !to.write(bytes)) await Promise.race([once(to, "drain"), once(to, "close")]);
}
