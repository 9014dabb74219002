/**
 * Everything the tee asks on real sockets: production and shadow in one server, told apart by the Host. Paths are named after
 * what they answer; what arrives is remembered by its digest.
 */
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Duplex, pipeline, Readable } from "node:stream";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { type Listening, listen } from "../../servers/http.ts";

export const MB = 1024 * 1024;
export const HOST = "shop.test";
export const SHADOW = "shadow.test";
const json = JSON.stringify({ items: Array.from({ length: 400 }, (_, id) => ({ id, name: `Product ${id}` })) });

export interface Outside extends Listening {
  /** By `<method> <host> <path>`: of each request `<bytes> <sha256> <content-length>`. */
  readonly arrived: ReadonlyMap<string, readonly string[]>;
  /** From now on the shadow answers, or hangs. */
  shadowHangs(hangs: boolean): void;
}

type Answer = (response: ServerResponse) => void;

export const ANSWERS: Readonly<Record<string, Answer>> = {
  "/empty": (response) => response.writeHead(200, { "content-length": 0 }).end(),
  "/small": (response) =>
    response.writeHead(200, { "content-type": "application/json", "content-length": 2 }).end("{}"),
  "/chunked": (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(json.slice(0, 5_000));
    response.end(json.slice(5_000));
  },
  "/gzip": (response) => encoded(response, "gzip", gzipSync(json)),
  "/gzip-chunked": (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(json));
  },
  "/br": (response) => encoded(response, "br", brotliCompressSync(json)),
  "/unknown-encoding": (response) => encoded(response, "zstd", Buffer.from(json)),
  "/broken-gzip": (response) => encoded(response, "gzip", Buffer.from("these bytes are no gzip")),
  "/cookies": (response) =>
    response.writeHead(200, { "set-cookie": ["a=1; HttpOnly", "b=2; Secure", "a=3"] }).end("ok"),
  "/nothing": (response) => response.writeHead(204).end(),
  "/unchanged": (response) => response.writeHead(304, { etag: '"1"' }).end(),
  "/moved": (response) => response.writeHead(302, { location: "/elsewhere?x=1" }).end(),
  "/missing": (response) => response.writeHead(404, { "content-type": "text/plain" }).end("no such thing"),
  "/failing": (response) => response.writeHead(503, { "retry-after": "1" }).end("later"),
  "/odd-headers": (response) =>
    response.writeHead(200, { "x-empty": "", "x-latin": "caf\u00e9", vary: "a, b" }).end("ok"),
  "/events": (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: 1\n\n");
    setTimeout(() => response.end("data: 2\n\n"), 100);
  },
  "/100mb": (response) => stream(response, 100),
  "/200mb": (response) => stream(response, 200),
  "/bomb": (response) => encoded(response, "gzip", bomb()),
  "/drip": (response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    const dripping = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(dripping));
  },
};

function encoded(response: ServerResponse, encoding: string, bytes: Buffer): void {
  const headers = { "content-type": "application/json", "content-encoding": encoding, "content-length": bytes.length };
  response.writeHead(200, headers).end(bytes);
}

function stream(response: ServerResponse, megabytes: number): void {
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": megabytes * MB });
  const block = Buffer.alloc(MB, "shop");
  pipeline(Readable.from(Array.from({ length: megabytes }, () => block)), response, () => undefined);
}

/** 10 MB of gzip that become 10 GB: a thousand members, as RFC 1952 allows. */
export function bomb(): Buffer {
  const member = gzipSync(Buffer.alloc(10 * MB));
  return Buffer.concat(Array.from({ length: 1_000 }, () => member));
}

export async function startOutside(): Promise<Outside> {
  const arrived = new Map<string, string[]>();
  let hangs = false;
  const server = await listen((incoming, response) => {
    const digest = createHash("sha256");
    let bytes = 0;
    incoming.on("data", (chunk: Buffer) => {
      digest.update(chunk);
      bytes += chunk.length;
    });
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const key = `${method} ${headers.host ?? ""} ${url}`;
      arrived.set(key, [...(arrived.get(key) ?? []), `${bytes} ${digest.digest("hex")} ${headers["content-length"]}`]);
      if (headers.host === SHADOW && hangs) return;
      (ANSWERS[url.split("?")[0] ?? ""] ?? ANSWERS["/small"])?.(response);
    });
  });
  server.server.keepAliveTimeout = 60_000;
  server.server.on("upgrade", acceptSocket);
  return { ...server, arrived, shadowHangs: (now) => void (hangs = now) };
}

/** Accepts a WebSocket (RFC 6455) and sends one unmasked text frame: "hi". */
function acceptSocket({ headers }: IncomingMessage, socket: Duplex): void {
  const key = `${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash("sha1").update(key).digest("base64");
  const upgrade = `upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}`;
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${upgrade}\r\n\r\n`);
  socket.write(Buffer.from([0x81, 2, 0x68, 0x69]));
}
