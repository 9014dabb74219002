/**
 * Production and the shadow, in a process of their own: neither waits for the clients. Paths say what to answer:
 * `/b/<id>?k=<kind>&n=<bytes>`. Run by rig.ts: `node origins.ts <prod> <shadow> <control>`; see control.ts for the third port.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { readMode } from "./control.ts";
import { type Answer, startFaulty } from "./faulty.ts";

/** So that production's answers to the same request are the same bytes. */
const DATE = "Sun, 22 Nov 2026 12:00:00 GMT";
const MEGABYTE = 1024 * 1024;

/** Bodies up to this size are JSON; larger ones are bytes that no compression makes smaller. */
const MAX_JSON_BYTES = 64 * 1024;

const seen = new Map<string, number>();
let mirrored = 0;
const bodies = new Map<string, Buffer>();

function json(size: number, changed: boolean): Buffer {
  const items: unknown[] = [];
  const [first] = [{ id: 1, price: changed ? 11 : 10, token: "t-4f1c" }];
  for (let bytes = 40, at = 0; bytes < size; at += 1) {
    const item = {
      id: at,
      name: `Product ${(at * 7_919) % 10_007}`,
      price: { amount: (at * 31) % 900, currency: "EUR" },
    };
    items.push(item);
    bytes += JSON.stringify(item).length + 1;
  }
  return Buffer.from(JSON.stringify({ first, items }));
}

function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = 1;
  for (let at = 0; at < Math.min(size, MEGABYTE); at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    bytes[at] = state >> 16;
  }
  for (let at = MEGABYTE; at < size; at += MEGABYTE) bytes.copy(bytes, at, 0, Math.min(MEGABYTE, size - at));
  return bytes;
}

function bodyOf(size: number, changed: boolean): Buffer {
  const key = `${size} ${changed && size <= MAX_JSON_BYTES}`;
  const known = bodies.get(key);
  if (known !== undefined) return known;
  const made = size === 0 ? Buffer.alloc(0) : size <= MAX_JSON_BYTES ? json(size, changed) : noise(size);
  bodies.set(key, made);
  return made;
}

async function answer(request: IncomingMessage, side: "prod" | "shadow"): Promise<Answer> {
  const query = new URL(request.url ?? "/", "http://origin").searchParams;
  const kind = query.get("k") ?? "plain";
  const size = Number(query.get("n") ?? 0);
  const received = request.method === "POST" ? await received256(request) : undefined;
  if (received !== undefined) return ok(Buffer.from(JSON.stringify(received)), "application/json");
  const body = bodyOf(size, side === "shadow" && kind === "changed");
  const type = size <= MAX_JSON_BYTES ? "application/json" : "application/octet-stream";
  const whole = ok(body, type);
  switch (kind) {
    case "cookies":
      return { ...whole, headers: { ...whole.headers, "set-cookie": ["a=1; HttpOnly; Path=/", "b=2; Secure", "a=3"] } };
    case "missing":
      return { ...whole, status: 404 };
    case "none":
      return { status: 204, headers: { date: DATE }, body: Buffer.alloc(0) };
    case "moved":
      return {
        status: 302,
        headers: { date: DATE, location: "/elsewhere?x=1", "content-length": 0 },
        body: Buffer.alloc(0),
      };
    case "gzip":
      return zipped(body, type);
    case "bomb":
      return zipped(Buffer.alloc(size), "application/json");
    case "chunked":
      return { status: 200, headers: { date: DATE, "content-type": type }, body };
    default:
      return whole;
  }
}

function ok(body: Buffer, type: string): Answer {
  return { status: 200, headers: { date: DATE, "content-type": type, "content-length": body.byteLength }, body };
}

const zippedBodies = new Map<Buffer | number, Buffer>();

function zipped(plain: Buffer, type: string): Answer {
  const body = zippedBodies.get(plain.byteLength) ?? gzipSync(plain);
  zippedBodies.set(plain.byteLength, body);
  return {
    ...ok(body, type),
    headers: { ...ok(body, type).headers, "content-encoding": "gzip", vary: "accept-encoding" },
  };
}

async function received256(request: IncomingMessage): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Production never breaks; it streams what is too large to hold, and counts how often it was asked the same. */
async function production(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = request.headers["x-request"];
  if (typeof id === "string") seen.set(id, (seen.get(id) ?? 0) + 1);
  response.sendDate = false;
  const query = new URL(request.url ?? "/", "http://origin").searchParams;
  if (query.get("k") === "stream") return streamed(response, Number(query.get("n")));
  if (query.get("k") === "drip") return dripped(response);
  const { status, headers, body } = await answer(request, "prod");
  response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
}

async function streamed(response: ServerResponse, size: number): Promise<void> {
  response.writeHead(200, { date: DATE, "content-type": "application/octet-stream", "content-length": size });
  const chunk = bodyOf(MEGABYTE, false);
  for (let left = size; left > 0 && !response.destroyed; left -= MEGABYTE) {
    if (!response.write(chunk.subarray(0, Math.min(left, MEGABYTE)))) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once("drain", resolve).once("close", resolve);
  });
}

/** Without an end: some bytes ten times a second until the client leaves. */
function dripped(response: ServerResponse): void {
  response.writeHead(200, { date: DATE, "content-type": "text/plain" });
  const timer = setInterval(() => response.write("drip "), 100);
  response.once("close", () => clearInterval(timer));
}

if (import.meta.main) {
  const [prodPort = 0, shadowPort = 0, controlPort = 0] = process.argv.slice(2).map(Number);
  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    void production(request, response).catch(() => response.destroy());
  createServer({ keepAliveTimeout: 600_000, requestTimeout: 0 }, listener).listen(prodPort, "127.0.0.1");
  const shadow = await startFaulty({
    port: shadowPort,
    answer: (request) => {
      mirrored += 1;
      return answer(request, "shadow");
    },
  });
  createServer((request, response) => {
    const mode = readMode(request.url);
    if (mode !== undefined) return void shadow.set(mode).then(() => response.end("{}"));
    const twice = [...seen.values()].filter((count) => count > 1).length;
    response.end(JSON.stringify({ asked: shadow.arrived(), answered: mirrored, prodRequests: seen.size, twice }));
  }).listen(controlPort, "127.0.0.1");
}
