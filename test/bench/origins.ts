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

/** The host under which the platform's client asks its database. */
const DATABASE_HOST = "d1";

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
  if (host === DATABASE_HOST) return takeQuery(request, response);
  // The queue's calls carry no host of ours: they are the only ones with a body.
  if (request.method === "POST") return takeMessage(request, response);
  if (host === COUNTS_HOST) return sendJson(response, Buffer.from(JSON.stringify({ mirrored, messages })));
  if (host === EQUAL_SHADOW || host === DIFFERING_SHADOW) mirrored += 1;
  const body = (host === DIFFERING_SHADOW ? CHANGED : PLAIN).get(request.url ?? "");
  if (body === undefined) return void response.writeHead(404).end();
  sendJson(response, body);
}

/** The queue's answer names how much it holds. */
const TAKEN = Buffer.from(
  JSON.stringify({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 } } }),
);

function takeMessage(request: IncomingMessage, response: ServerResponse): void {
  messages += 1;
  request.resume().on("end", () => sendJson(response, TAKEN));
}

/**
 * The registry's database, as far as it asks: totals are taken, and every deployment it asks about has its first thousand rows
 * of equal pairs already, so that the others are settled in the tee. The protocol is D1's: one statement, or a list of them.
 */
function takeQuery(request: IncomingMessage, response: ServerResponse): void {
  let text = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  request.on("end", () => {
    // The platform's own client wrote it in this shape.
    const asked = JSON.parse(text) as Query | readonly Query[];
    const rows = Array.isArray(asked) ? asked.map(() => []) : deploymentsIn(asked as Query);
    const results = Array.isArray(asked) ? rows.map(() => success([])) : [success(rows)];
    sendJson(response, Buffer.from(JSON.stringify(results)));
  });
}

interface Query {
  readonly sql: string;
  readonly params: readonly unknown[];
}

function deploymentsIn({ sql, params: [list] }: Query): readonly unknown[] {
  if (!sql.startsWith("SELECT deployment_id")) return [];
  // The registry wrote the list.
  return (JSON.parse(String(list)) as string[]).map((id) => ({ id }));
}

function success(results: readonly unknown[]): unknown {
  return { success: true, results, meta: { duration: 0, changes: 0, last_row_id: 0, rows_read: 0, rows_written: 0 } };
}

function sendJson(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": body.byteLength }).end(body);
}

if (import.meta.main) {
  const server = createServer({ keepAliveTimeout: 600_000 }, answer);
  server.listen(Number(process.argv[2]), "127.0.0.1");
}
