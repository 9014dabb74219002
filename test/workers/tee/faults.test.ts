/** What breaks on our side, and that production's client cannot tell: a dead registry, a lost queue, a missing key. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestHarness } from "wrangler";
import { pause, waitFor } from "../../servers/wait-for.ts";
import { type Reply, send } from "./client.ts";
import { type Origin, startProd, startShadow } from "./origins.ts";

let prod: Origin;
let shadow: Origin;
let harness: ReturnType<typeof createTestHarness>;
let url: URL;

/** The tee without its queue and its bucket: every hand-over fails. */
function teeWithoutQueue(prodUrl: string) {
  return {
    name: "shadow-infra-tee",
    main: "workers/tee/index.ts",
    compatibility_date: "2026-11-01",
    compatibility_flags: ["nodejs_compat"],
    vars: { SHADOW_INFRA_PROD_URL: prodUrl, SHADOW_INFRA_REDACTION_KEY: "test-redaction-key" },
    durable_objects: { bindings: [{ name: "REGISTRY", class_name: "Registry", script_name: "shadow-infra-report" }] },
  };
}

function brokenRegistry(shadowUrl: string) {
  return {
    name: "shadow-infra-report",
    main: "test/workers/tee/broken-registry/index.mjs",
    compatibility_date: "2026-11-01",
    migrations: [{ tag: "v1", new_sqlite_classes: ["Registry"] }],
    vars: { SHADOW: shadowUrl },
    durable_objects: { bindings: [{ name: "REGISTRY", class_name: "Registry" }] },
  };
}

beforeAll(async () => {
  [prod, shadow] = await Promise.all([startProd(), startShadow()]);
  harness = createTestHarness({
    workers: [{ config: teeWithoutQueue(prod.url) }, { config: brokenRegistry(shadow.url) }],
  });
  ({ url } = await harness.listen());
});

afterAll(async () => {
  await harness?.close();
  await Promise.all([prod?.close(), shadow?.close()]);
});

function logged(words: string): boolean {
  return harness.getLogs().some(({ message }) => message.includes(words));
}

async function answersAsProduction(host: string): Promise<Reply> {
  const reply = await send(url, { host, path: `/${host}` });
  expect([reply.status, reply.body.toString()]).toEqual([200, '{"side":"prod"}']);
  return reply;
}

test.each(["hang.test", "throw.test"])(
  "a registry at %s costs the client nothing, and nothing is mirrored",
  async (host) => {
    await answersAsProduction("warm.test");
    for (let count = 0; count < 5; count += 1) expect((await answersAsProduction(host)).totalMs).toBeLessThan(1_000);
    await pause(1_200);
    expect(shadow.received.filter((one) => one.url === `/${host}`)).toEqual([]);
  },
);

test("a queue that refuses costs the client nothing, and is said in the log without a word of the content", async () => {
  await answersAsProduction("queue.test");
  await waitFor(async () => logged("a pair could not be queued") || undefined, "the line in the log");
  expect(logged("side")).toBe(false);
});

test("more requests than an isolate may have in flight are answered all the same, and only so many reach the shadow", async () => {
  await answersAsProduction("flood.test");
  await waitFor(async () => shadow.received.find(({ url: at }) => at === "/flood.test"), "the tee's table");
  const flood = Array.from({ length: 60 }, (_, at) => send(url, { host: "flood.test", path: `/hang?${at}` }));
  const replies = await Promise.all(flood);
  expect(replies.every((reply) => reply.status === 200)).toBe(true);
  const mirrored = () => shadow.received.filter((one) => one.url.startsWith("/hang?"));
  await waitFor(async () => mirrored()[0], "a mirrored request");
  await pause(500);
  expect(mirrored().length).toBeLessThanOrEqual(32);
});
