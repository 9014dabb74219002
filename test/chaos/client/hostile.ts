/** Clients that cost memory: one that stops reading, uploads without a known length, many at once. Raw connections. */

import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { pause } from "../../servers/wait-for.ts";
import { CLIENT_HEADER } from "./exchange.ts";
import type { To } from "./steady.ts";

/** Asks for an answer, reads its beginning and nothing more for `ms`, and leaves. */
export async function stopReading({ port, host }: To, path: string, ms: number): Promise<void> {
  const socket: Socket = connect({ port, host: "127.0.0.1" });
  const began = new Promise<void>((resolve, reject) => {
    socket.once("data", () => {
      socket.pause();
      resolve();
    });
    socket.once("error", reject);
  });
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${CLIENT_HEADER}: stopped\r\n\r\n`);
  await began;
  await pause(ms);
  socket.destroy();
}

/** Reads whatever comes for `ms`, and leaves. */
export async function readFor({ port, host }: To, path: string, ms: number): Promise<void> {
  const socket: Socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined).resume();
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${CLIENT_HEADER}: patient\r\n\r\n`);
  await pause(ms);
  socket.destroy();
}

const PIECE = Buffer.alloc(64 * 1024, "upload ");

/** Uploads `bytes`, with their length said or not; resolves with the status. */
export function upload({ port, host }: To, bytes: number, isLengthSaid: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host, "content-type": "text/plain", [CLIENT_HEADER]: "upload" };
    const length = isLengthSaid ? { "content-length": bytes } : {};
    const options = { host: "127.0.0.1", port, method: "POST", path: "/b/1", agent: false };
    const outgoing = request({ ...options, headers: { ...headers, ...length } }, (incoming) => {
      incoming
        .resume()
        .on("error", reject)
        .on("end", () => resolve(incoming.statusCode ?? 0));
    });
    outgoing.on("error", reject);
    Readable.from(Array.from({ length: Math.ceil(bytes / PIECE.byteLength) }, () => PIECE)).pipe(outgoing);
  });
}
