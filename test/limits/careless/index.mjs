/** A Worker that does as much of one thing as the address says: `/<what>?n=<how much>`. `origin` never ends its answer to `/drip`. */
import { DurableObject } from "cloudflare:workers";

export class Careless extends DurableObject {
  async row(bytes) {
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS rows (text TEXT)");
    this.ctx.storage.sql.exec("INSERT INTO rows VALUES (?)", "x".repeat(bytes));
  }
}

/** Ways to be done with a body, each of which ends its connection. */
const READ = [
  (response) => response.text(),
  async (response) => {
    const reader = response.body.getReader();
    while (!(await reader.read()).done);
  },
  (response) => response.body.cancel(),
  (response) => response.body.pipeTo(new WritableStream()),
  (response) => new Response(response.body).arrayBuffer(),
  (response) => new Response(response.body.pipeThrough(new TransformStream())).text(),
  async (response) => {
    const [kept, left] = response.body.tee();
    await Promise.all([new Response(kept).text(), left.cancel()]);
  },
];

const DOES = {
  async connections(n, { origin }) {
    const open = await Promise.all(Array.from({ length: n }, () => fetch(`${origin}/drip`)));
    for (const response of open) response.body.cancel().catch(() => undefined);
  },
  async split(n, { origin }) {
    const { body } = await fetch(`${origin}/drip`);
    const [kept, left] = body.tee();
    left.cancel().catch(() => undefined);
    const open = await Promise.all(Array.from({ length: n }, () => fetch(`${origin}/drip`)));
    for (const response of [...open, new Response(kept)]) response.body.cancel().catch(() => undefined);
  },
  async read(n, { origin }) {
    for (let at = 0; at < n; at += 1) await READ[at % READ.length](await fetch(`${origin}/short`));
  },
  background(n, { ctx }) {
    const now = Date.now;
    const later = async () => {
      await scheduler.wait(20);
      // The clock is moved, so that the test need not wait.
      Date.now = () => now() + n;
      setTimeout(() => (Date.now = now), 20);
    };
    ctx.waitUntil(later());
  },
  message: (n, { env }) => env.QUEUE.send(new Uint8Array(n), { contentType: "bytes" }),
  messages: (n, { env }) => env.QUEUE.sendBatch([{ body: "x".repeat(n), contentType: "text" }]),
  parameters: (n, { env }) =>
    env.DB.prepare(`SELECT ${Array(n).fill("?").join(" + ")}`)
      .bind(...Array(n).fill(1))
      .first(),
  async row(n, { env }) {
    await env.DB.exec("CREATE TABLE IF NOT EXISTS rows (id TEXT, text TEXT)");
    await env.DB.prepare("INSERT INTO rows VALUES (?, ?)")
      .bind("ten bytes.", "x".repeat(n - 10))
      .run();
  },
  objectRow: (n, { env }) => env.OBJECT.getByName("one").row(n),
  queries: (n, { env }) => env.DB.batch(Array.from({ length: n }, () => env.DB.prepare("SELECT 1"))),
  async bucket(n, { env }) {
    for (let at = 0; at < n; at += 1) await env.BUCKET.put("key", "value");
    await (await env.BUCKET.get("key")).text();
  },
};

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    const does = DOES[url.pathname.slice(1)];
    const origin = url.searchParams.get("origin");
    const refused = await Promise.resolve(does(Number(url.searchParams.get("n")), { env, ctx, origin })).then(
      () => "",
      // What the local runtime itself refuses is refused; the shim has seen it all the same.
      (/** @type {unknown} */ error) => String(error),
    );
    return new Response(refused);
  },
};
