/** A server under its address, with one pool of connections: whom commands send their own requests to. */
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";

export interface Peer {
  readonly origin: URL;
  readonly agent: HttpAgent;
}

/** Connections are kept open, at most so many. Whoever made it destroys its `agent`. */
export function peerAt(origin: URL, connections: number): Peer {
  const options = { keepAlive: true, maxSockets: connections };
  return { origin, agent: origin.protocol === "https:" ? new HttpsAgent(options) : new HttpAgent(options) };
}
