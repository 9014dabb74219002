/** Sending one request: what of a path travels, when it is sent twice, how much is read, and that its signal ends it. */
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Peer, peerAt } from "../../../cli/http/peer.ts";
import { type Outgoing, readUpTo, send } from "../../../cli/http/send.ts";
import { type Listening, listen } from "../../servers/http.ts";

/** What came, as `METHOD path`. */
const came: string[] = [];
/** Connections that answer no second request. */
const lost = new WeakSet<Socket>();
let server: Listening;
let peer: Peer;
beforeAll(async () => {
  server = await listen((request, response) => {
    came.push(`${request.method} ${request.url}`);
    request.resume();
    if (request.url?.endsWith("/hang")) return undefined;
    response.setHeader("x-long", "a".repeat(20_000));
    // Takes back its promise to keep the connection, just as it is used again.
    if (lost.has(request.socket)) return request.socket.destroy();
    if (request.url?.endsWith("/closing")) lost.add(request.socket);
    return response.end("0123456789");
  });
  peer = peerAt(new URL(`${server.url}/base/`), 1);
});
afterAll(async () => {
  peer.agent.destroy();
  await server.close();
});

const NEVER = new AbortController().signal;

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  await readUpTo(answer, 100, (bytes) => chunks.push(bytes));
  return Buffer.concat(chunks).toString();
}

function sent(
  path: string,
  more: Partial<Outgoing> & { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
) {
  const { timeoutMs = 5_000, signal = NEVER, ...own } = more;
  const outgoing = { method: "GET", path, headers: {}, body: null, repeatable: true, ...own };
  return send(peer, outgoing, { timeoutMs, signal, read: textOf });
}

it.each([
  ["/ü/日本?q=é", "/base/%C3%BC/%E6%97%A5%E6%9C%AC?q=%C3%A9"],
  ["/a b\u0001\ud800", "/base/a%20b%01%EF%BF%BD"],
  ["/../x", "/base/../x"],
  ["//y", "/base//y"],
  ["/%zz\\", "/base/%zz\\"],
])("the path %s arrives below the address's own as %s", async (path, arrived) => {
  expect(await sent(path)).toEqual({ failed: null, value: "0123456789" });
  expect(came.at(-1)).toBe(`GET ${arrived}`);
});

it("a kept connection that is closed as it is used again has the request sent anew, once", async () => {
  expect(await sent("/closing")).toMatchObject({ failed: null });
  const before = came.length;
  expect(await sent("/next")).toEqual({ failed: null, value: "0123456789" });
  expect(came.slice(before)).toEqual(["GET /base/next", "GET /base/next"]);
});

it("what may not be sent twice has a connection of its own", async () => {
  await sent("/closing");
  const before = came.length;
  expect(await sent("/order", { method: "POST", body: Buffer.from("x"), repeatable: false })).toMatchObject({
    failed: null,
  });
  expect(came.slice(before)).toEqual(["POST /base/order"]);
});

it("no answer in time is a time-out of ours, with the time it took and no code", async () => {
  const late = await sent("/hang", { timeoutMs: 60 });
  expect(late).toMatchObject({ failed: "timeout", code: null });
  expect(late.failed === null ? 0 : late.ms).toBeGreaterThanOrEqual(55);
});

it("its signal ends it at once, as an error of the caller's", async () => {
  const stop = new AbortController();
  const pending = sent("/hang", { signal: stop.signal });
  stop.abort(new Error("enough"));
  await expect(pending).rejects.toThrow("enough");
});

it("nobody there is named by reason and by Node's code", async () => {
  const gone = await listen((_, response) => response.end());
  await gone.close();
  const nobody = peerAt(new URL(gone.url), 1);
  const outgoing = { method: "GET", path: "/", headers: {}, body: null, repeatable: true };
  const refused = await send(nobody, outgoing, { timeoutMs: 5_000, signal: NEVER, read: textOf });
  expect(refused).toMatchObject({ failed: "refused", code: "ECONNREFUSED" });
});

it("reading stops as soon as there is too much, and says so", async () => {
  async function* stream(): AsyncGenerator {
    for (let n = 0; n < 10; n += 1) yield await Promise.resolve(Buffer.alloc(10));
  }
  const taken: number[] = [];
  expect(await readUpTo(stream(), 100, (bytes) => taken.push(bytes.length))).toBe(true);
  expect(await readUpTo(stream(), 25, (bytes) => taken.push(bytes.length))).toBe(false);
  expect(taken).toHaveLength(13);
});
