/**
 * Production, the shadows and the far side of the queue, in a process of their own so that nothing of theirs counts as the
 * tee's. The Host says which one is asked. Run by stand.ts: `node origins.ts <port>`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { DIFFERING_SHADOW, EQUAL_SHADOW, SIZES } from "./cells.ts";

/** What has arrived so far. */
export interface Arrived {
  readonly mirrored: number;
  readonly messages: number;
}

/** The host under which `Arrived` is read. */
export const COUNTS_HOST = "counts";

/** A page of a shop, about `size` bytes: one customer with personal data, then products. `change` moves every price. */
function products(size: number, change: number): Buffer {
  const customer = { name: "Kim Example", email: "kim@example.com", sessionToken: "t-4f1c", city: "Example Town" };
  const items: unknown[] = [];
  for (let bytes = 0, at = 0; bytes < size; at += 1) {
    const price = { amount: ((at * 31) % 900) + 0.5 + change, currency: "EUR" };
    const item = { id: 1000 + at, name: `Product ${(at * 7919) % 10_007}`, price, tags: ["new", `row-${at}`] };
    items.push(item);
    bytes += JSON.stringify(item).length + 1;
  }
  return Buffer.from(JSON.stringify({ customer, items }));
}

const PLAIN = new Map(SIZES.map((size) => [`/products/${size}`, products(size, 0)]));
const CHANGED = new Map(SIZES.map((size) => [`/products/${size}`, products(size, 1)]));

let mirrored = 0;
let messages = 0;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { host = "" } = request.headers;
  // The queue's calls carry no host of ours: they are the only ones with a body.
  if (request.method === "POST") return takeMessage(request, response);
  if (host === COUNTS_HOST) return sendJson(response, Buffer.from(JSON.stringify({ mirrored, messages })));
  if (host === EQUAL_SHADOW || host === DIFFERING_SHADOW) mirrored += 1;
  const body = (host === DIFFERING_SHADOW ? CHANGED : PLAIN).get(request.url ?? "");
  if (body === undefined) return void response.writeHead(404).end();
  sendJson(response, body);
}

function takeMessage(request: IncomingMessage, response: ServerResponse): void {
  messages += 1;
  request.resume().on("end", () => sendJson(response, Buffer.from("{}")));
}

function sendJson(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": body.byteLength }).end(body);
}

if (import.meta.main) {
  const server = createServer({ keepAliveTimeout: 600_000 }, answer);
  server.listen(Number(process.argv[2]), "127.0.0.1");
}
