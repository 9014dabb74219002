/**
 * The far side of the tee under trial: production, shadow and base by the host's name, on one port. Answers depend on the request
 * alone and carry no clock, so that two of them can be compared byte by byte. Counts how often production saw each probe.
 */
import { createHash } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { gzipSync } from "node:zlib";
import { type Listening, listen } from "../servers/http.ts";

export interface Origins extends Listening {
  /** How often production has got the request with this `x-probe`. */
  asked(probe: string): number;
}

const GZIPPED = gzipSync(JSON.stringify({ text: "x".repeat(5_000) }));

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const json = (response: ServerResponse, value: unknown): void =>
  void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));

const ANSWERS: Readonly<Record<string, Answer>> = {
  "/nothing": (_, response) => void response.writeHead(204).end(),
  "/unchanged": (_, response) => void response.writeHead(304, { etag: '"1"' }).end(),
  "/part": (_, response) => void response.writeHead(206, { "content-range": "bytes 0-1/4" }).end("ab"),
  "/cached": (_, response) => void response.writeHead(200, { "cf-cache-status": "HIT" }).end("cached"),
  "/missing": (_, response) => void response.writeHead(404, { "content-type": "text/plain" }).end("not here"),
  "/gzip": (_, response) =>
    void response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" }).end(GZIPPED),
  "/cookies": (_, response) =>
    void response.writeHead(200, { "set-cookie": ["a=1; HttpOnly", "b=2; Secure"], location: "/a?token=b" }).end("ok"),
  "/form": (_, response) =>
    void response.writeHead(200, { "content-type": "application/x-www-form-urlencoded" }).end("a=1&password=hidden"),
  "/binary": (_, response) => void response.writeHead(200, { "content-type": "image/png" }).end(large(1_000)),
  "/large": (_, response) =>
    void response.writeHead(200, { "content-type": "application/octet-stream" }).end(large(300_000)),
  "/two/large": (request, response) =>
    void response.writeHead(200, { "content-type": "text/plain" }).end(text(request.headers.host ?? "", 200_000)),
  "/latin": (_, response) =>
    void response.writeHead(200, { "content-type": "text/plain; charset=iso-8859-1" }).end(Buffer.of(0xe4, 0xf6, 0xfc)),
  "/empty": (_, response) => void response.writeHead(200, { "content-length": "0" }).end(),
  "/events": (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    setTimeout(() => response.end("data: 2\n\n"), 5);
  },
  "/halves": (_, response) => inHalves(response.writeHead(200, { "content-length": "100" })),
  "/chunks": (_, response) => inHalves(response.writeHead(200)),
  "/broken": (_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("half");
    setTimeout(() => response.destroy(), 20);
  },
};

/** Between the two halves of an answer: long enough to be told from any delay of the machine. */
export const HALVES_MS = 400;

function inHalves(response: ServerResponse): void {
  response.write("h".repeat(50));
  setTimeout(() => response.end("h".repeat(50)), HALVES_MS);
}

/** Bytes that no compression makes small, the same every time. */
function large(size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, at) => createHash("sha256").update(`${at}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
}

/** Text of its own for each side. */
function text(seed: string, size: number): string {
  const lines = Array.from({ length: Math.ceil(size / 64) }, (_, at) =>
    createHash("sha256").update(`${seed}${at}`).digest("hex"),
  );
  return lines.join("").slice(0, size);
}

export async function startOrigins(): Promise<Origins> {
  const probes = new Map<string, number>();
  const handler: RequestListener = (request, response) => {
    response.sendDate = false;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(request, response, Buffer.concat(chunks)));
    count(probes, request);
  };
  const listening = await listen(handler);
  listening.server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    count(probes, request);
    upgraded(request, socket);
  });
  return { ...listening, asked: (probe) => probes.get(probe) ?? 0 };
}

function count(probes: Map<string, number>, { headers }: IncomingMessage): void {
  const probe = headers["x-probe"];
  if (typeof probe === "string") probes.set(probe, (probes.get(probe) ?? 0) + 1);
}

/** The host's first label says who answers: `down` breaks off, `other` answers differently, `failing` with an error. */
function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const [side = ""] = (request.headers.host ?? "").split(".");
  if (side === "down") return void request.socket.destroy();
  const stamp = /^stamped-(?<id>[\w-]+)$/.exec(side)?.groups?.["id"];
  if (stamp !== undefined) response.setHeader("x-shadow-infra-deployment", stamp);
  if (side === "streaming")
    return void response.writeHead(200, { "content-type": "text/event-stream" }).end("data: 1\n\n");
  if (side === "failing") return void response.writeHead(503).end("failing");
  const path = (request.url ?? "").split("?")[0] ?? "";
  const known = ANSWERS[path];
  if (known !== undefined) return known(request, response, body);
  const sha = createHash("sha256").update(body).digest("hex");
  json(response, { method: request.method, bytes: body.length, sha, password: "hidden", differs: side === "other" });
}

function upgraded({ headers }: IncomingMessage, socket: Duplex): void {
  const accept = createHash("sha1")
    .update(`${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64");
  const head = [
    "HTTP/1.1 101 Switching Protocols",
    "upgrade: websocket",
    "connection: upgrade",
    `sec-websocket-accept: ${accept}`,
  ];
  socket.on("error", () => undefined);
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  // One unmasked text frame: "hi".
  socket.write(Buffer.from([0x81, 2, 0x68, 0x69]));
}
