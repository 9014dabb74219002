/** The clients: keep-alive connections on loopback, each asking again when it has its answer. */
import { Agent, get } from "node:http";
import type { Cell } from "./cells.ts";

/** Connections at once. Enough to keep a Worker busy, few enough for its limit of mirrored requests in flight. */
const CONNECTIONS = 8;

/** Client addresses that take turns: 1 % is drawn by client. From a block for documentation, RFC 2544's 198.18.0.0/15. */
const CLIENTS = 65_536;

export interface Load {
  readonly port: number;
  readonly cell: Cell;
  readonly requests: number;
  readonly signal: AbortSignal;
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let asked = 0;

/** Sends the requests and returns the time until the last answer, milliseconds. Rejects at an answer that is not whole. */
export async function load({ port, cell, requests, signal }: Load): Promise<number> {
  let left = requests;
  const began = performance.now();
  const client = async (): Promise<void> => {
    for (; left > 0; ) {
      left -= 1;
      signal.throwIfAborted();
      await ask(port, cell);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return performance.now() - began;
}

/** Connections that idle between runs would be closed under a request. */
export function closeConnections(): void {
  agent.destroy();
}

function ask(port: number, { host, path, size }: Cell): Promise<void> {
  asked = (asked + 7_919) % CLIENTS;
  const headers = { host, "cf-connecting-ip": `198.18.${asked >> 8}.${asked & 255}`, accept: "application/json" };
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path, agent, headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.byteLength));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200 && bytes >= size) resolve();
        else
          reject(new Error(`${host}${path}: ${response.statusCode} with ${bytes} bytes instead of 200 with ${size}`));
      });
    });
    request.on("error", reject);
  });
}
