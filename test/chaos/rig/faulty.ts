/**
 * An HTTP server that can be broken while it runs: the shadow, the model, and the wires to registry and queue. It breaks as
 * networks do, below HTTP where need be. What it answers when it is whole is its owner's to say.
 */
import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { pause } from "../../servers/wait-for.ts";

/** `none`: whole. `down`: nobody listens. `hang`: takes the request and says nothing. `slow`: in portions. `garbage`: broken HTTP and nonsense. */
export const MODES = ["none", "down", "hang", "slow", "garbage"] as const;
export type Mode = (typeof MODES)[number];

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export interface Faulty {
  readonly port: number;
  /** Requests that have arrived, answered or not. */
  arrived(): number;
  /** Also ends the connections there are, so that none of them keeps its old ways. */
  set(mode: Mode): Promise<void>;
  close(): Promise<void>;
}

export interface Whole {
  readonly port: number;
  answer(request: IncomingMessage): Promise<Answer>;
  /** Nonsense that is valid HTTP, to take turns with what is not. */
  readonly nonsense?: readonly Answer[];
}

/** `slow`: an answer comes in this many portions, with this pause before each. Milliseconds. */
const PORTIONS = 3;
const PORTION_PAUSE_MS = 800;

export async function startFaulty(whole: Whole): Promise<Faulty> {
  let mode: Mode = "none";
  let arrived = 0;
  const sockets = new Set<Socket>();
  const make = (): Server =>
    createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
      arrived += 1;
      void serve({ request, response, mode, turn: arrived, whole }).catch(() => response.destroy());
    }).on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket));
    });
  let server: Server | undefined = await listening(make(), whole.port);
  const hangUp = async (): Promise<void> => {
    const closed = new Promise((resolve) => (server === undefined ? resolve(0) : server.close(resolve)));
    for (const socket of sockets) socket.destroy();
    await closed;
    server = undefined;
  };
  return {
    port: whole.port,
    arrived: () => arrived,
    async set(next) {
      if (next === mode) return;
      mode = next;
      await hangUp();
      if (next !== "down") server = await listening(make(), whole.port);
    },
    close: hangUp,
  };
}

function listening(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", () => resolve(server));
  });
}

interface Serving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly mode: Mode;
  readonly turn: number;
  readonly whole: Whole;
}

async function serve({ request, response, mode, turn, whole }: Serving): Promise<void> {
  if (mode === "hang") return;
  if (mode === "garbage") return writeGarbage(request, response, { turn, nonsense: whole.nonsense ?? [] });
  const { status, headers, body } = await whole.answer(request);
  if (mode === "slow") await pause(PORTION_PAUSE_MS);
  response.writeHead(status, headers);
  if (mode !== "slow" || request.method === "HEAD") return void response.end(body);
  const portion = Math.ceil(body.byteLength / PORTIONS);
  for (let at = 0; at < body.byteLength && !response.destroyed; at += portion) {
    response.write(body.subarray(at, at + portion));
    await pause(PORTION_PAUSE_MS);
  }
  response.end();
}

/** What a broken server, or one that wishes ill, can put on the wire. */
const BROKEN: readonly (() => Buffer)[] = [
  () => randomBytes(512),
  () => Buffer.from("HTTP/1.1 999 \0\r\nx: \x01\r\n\r\n"),
  () => Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nshort`),
  () => Buffer.from("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\nno number\r\n"),
  () => Buffer.from(`HTTP/1.1 200 OK\r\nx-large: ${"a".repeat(200_000)}\r\ncontent-length: 0\r\n\r\n`),
  () => Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nmuch more than two bytes"),
  () => withBytes("content-encoding: gzip\r\ncontent-type: application/json"),
  () => withBytes("content-type: application/json"),
  () => withBytes("content-type: text/html; charset=x-nonsense"),
  () => withBytes("content-type: multipart/form-data; boundary="),
];

function withBytes(headers: string): Buffer {
  const body = randomBytes(2_000);
  return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\ncontent-length: ${body.length}\r\n\r\n`), body]);
}

interface Garbage {
  readonly turn: number;
  readonly nonsense: readonly Answer[];
}

function writeGarbage(request: IncomingMessage, response: ServerResponse, { turn, nonsense }: Garbage): void {
  const choice = turn % (BROKEN.length + nonsense.length);
  const answer = nonsense[choice - BROKEN.length];
  if (answer !== undefined) return void response.writeHead(answer.status, answer.headers).end(answer.body);
  request.socket.end(BROKEN[choice]?.() ?? randomBytes(1));
}
