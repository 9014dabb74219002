/** Every end a sampled request can come to, driven through the real tee and the real registry; the counts have to add up. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HostCounters, SKIP_REASONS, type SkipReason } from "../../../core/wire/sync.ts";
import { DEFAULT_MIRROR_SETTINGS, type MirrorSettings, type MirrorTarget } from "../../../core/wire/target.ts";
import { type Listening, listen } from "../../servers/http.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { type Sent, send } from "./client.ts";
import { startTee, type TeeStack } from "./stack.ts";
import { DEPLOYMENT_ID, target } from "./target.ts";

const STAMP = "x-shadow-infra-deployment";
const BASE_ID = "7-0-ba5e00000000";

let [prod, shadow, base]: Listening[] = [];
let tee: TeeStack;
const atShadow: IncomingMessage[] = [];

function json(response: ServerResponse, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

function answerAsProd({ url = "" }: IncomingMessage, response: ServerResponse): void {
  if (url === "/events") response.writeHead(200, { "content-type": "text/event-stream" }).end("data: 1\n\n");
  else if (url === "/unchanged") response.writeHead(304).end();
  else if (url === "/part") response.writeHead(206, { "content-range": "bytes 0-1/4" }).end("ab");
  else if (url === "/cached") json(response, {}, { "cf-cache-status": "HIT" });
  else json(response, { url });
}

beforeAll(async () => {
  prod = await listen(answerAsProd);
  shadow = await listen((request, response) => {
    atShadow.push(request);
    const { url = "" } = request;
    if (url === "/unstamped" || url.startsWith("/gone")) json(response, { url });
    else if (url === "/silent") json(response, {}, { [STAMP]: DEPLOYMENT_ID, "x-shadow-infra-failed": "reset" });
    else json(response, { url }, { [STAMP]: url === "/stale" ? "7-1-another00000" : DEPLOYMENT_ID });
  });
  base = await listen(({ url = "" }, response) => {
    if (url === "/drifted") response.writeHead(500, { [STAMP]: BASE_ID }).end();
    else json(response, { url }, { [STAMP]: BASE_ID });
  });
  tee = await startTee(prod.url);
});

afterAll(async () => {
  await tee?.close();
  for (const server of [prod, shadow, base]) await server?.close();
});

/** A host of the test's own, warm: its table is known to the isolate. */
async function host(name: string, settings: Partial<MirrorSettings> = {}, changes: Partial<MirrorTarget> = {}) {
  const registry = tee.registry(name);
  await registry.lease(
    target(shadow?.url ?? "", { ...changes, settings: { ...DEFAULT_MIRROR_SETTINGS, ...settings } }),
  );
  const request = (path: string, sent: Partial<Sent> = {}) => send(tee.url, { ...sent, host: name, path });
  const counted = (done: (counters: HostCounters) => boolean) =>
    waitFor(
      async () => {
        const now = await registry.counters(DEPLOYMENT_ID);
        return done(now) ? now : undefined;
      },
      `the counters of ${name}`,
      30_000,
    );
  await request("/warm");
  await tee.pair("/warm");
  return { request, counted, registry };
}

function ended({ sent, equal, skipped, dropped }: HostCounters): number {
  const all = [...Object.values(skipped), ...Object.values(dropped)];
  return all.reduce((sum, count) => sum + count, sent + equal);
}

const post = { method: "POST", body: Buffer.from("x=1"), headers: { "content-length": "3" } };
const stampedBase = () => ({ stamped: true, base: { origin: base?.url ?? "", deploymentId: BASE_ID, againShare: 0 } });

/** One request of each that is left out, by its reason; some need more than one, or a real upgrade, and are tested by themselves. */
const SKIPPED: readonly (readonly [SkipReason, string, Partial<Sent>?])[] = [
  ["credentials", "/a", { headers: { cookie: "session=1" } }],
  ["credentials", "/a?api_key=1"],
  ["method", "/a", post],
  ["method", "/a", { headers: { "x-http-method-override": "DELETE" } }],
  ["method", "/a?_method=DELETE"],
  ["route", "/left-out/a"],
  ["route", "/%6ceft-out/a"],
  ["stream", "/events"],
  ["not-modified", "/unchanged"],
  ["partial", "/part"],
  ["cached", "/cached"],
  ["body-size", "/opted-in", { method: "POST", body: Buffer.alloc(70_000), headers: { "content-length": "70000" } }],
  ["stale", "/stale"],
  ["environment", "/drifted"],
];

test("each request that is left out is counted under its reason, and all counts add up", async () => {
  const routes = [{ match: "POST /opted-in", mirror: true }];
  const { request, counted } = await host("skips.test", { ...stampedBase(), exclude: ["/left-out/**"], routes });
  for (const [, path, sent] of SKIPPED) await request(path, sent).catch(() => undefined);
  const expected: Partial<Record<SkipReason, number>> = {};
  for (const [reason] of SKIPPED) expected[reason] = (expected[reason] ?? 0) + 1;
  const counters = await counted((now) => ended(now) === SKIPPED.length + 1);
  expect(counters).toMatchObject({ sampled: SKIPPED.length + 1, sent: 1, dropped: {} });
  expect(counters.skipped).toEqual(expected);
  const others = ["rate-cap", "breaker", "fan-out", "upgrade"];
  expect(new Set([...SKIPPED.map(([reason]) => reason), ...others])).toEqual(new Set(SKIP_REASONS));
});

test("an answer without the gateway's stamp is a shadow that was not reached", async () => {
  const { request } = await host("unstamped.test", stampedBase());
  await request("/unstamped");
  expect((await tee.pair("/unstamped")).shadow).toMatchObject({ failed: "unreached" });
});

test("a stamped answer that says the app gave none is a failed shadow, for the reason the gateway saw", async () => {
  const { request } = await host("silent.test", stampedBase());
  await request("/silent");
  expect((await tee.pair("/silent")).shadow).toMatchObject({ failed: "reset" });
});

test("base and its second answer travel in the pair, with the same request as the shadow's, and no stamp", async () => {
  const settings = { stamped: true, base: { origin: base?.url ?? "", deploymentId: BASE_ID, againShare: 1 } };
  const { request } = await host("base.test", settings, { serviceHeaders: { "Gate-Key": "gate-key-value" } });
  await request("/base?differs");
  const pair = await tee.pair("/base?differs");
  expect(pair.base).toMatchObject({ status: 200 });
  expect(pair.baseAgain).toMatchObject({ status: 200 });
  expect(JSON.stringify(pair)).not.toMatch(/gate-key|x-shadow-infra/i);
  const asked = atShadow.find(({ url }) => url === "/base?differs")?.headers;
  expect(asked).toMatchObject({ "gate-key": "gate-key-value", "x-shadow-infra-host": new URL(prod?.url ?? "").host });
});

test("equal answers are a row without bodies", async () => {
  const { request } = await host("equal.test");
  await request("/equal?x=1");
  const pair = await tee.pair("/equal?x=1");
  expect(pair).toMatchObject({
    settled: "equal",
    prod: { body: "", bodyBytes: 20 },
    shadow: { body: "", bodyBytes: 20 },
  });
});

test("a rate cap is kept, and what is over it is counted", async () => {
  const { request, counted } = await host("capped.test", { maxRps: 1 });
  for (let count = 0; count < 60; count += 1) await request(`/capped/${count}`);
  const counters = await counted((now) => now.sampled > 0 && ended(now) === now.sampled && now.seen === 61);
  expect(counters.skipped["rate-cap"]).toBeGreaterThan(0);
  expect(counters.sent).toBeLessThan(20);
});

test("more deployments than fit take turns", async () => {
  const ids = [1, 2, 3, 4, 5].map((pr) => `7-${pr}-0123456789ab`);
  const registry = tee.registry("turns.test");
  for (const deploymentId of ids) await registry.lease(target(shadow?.url ?? "", { deploymentId }));
  const count = 20;
  await send(tee.url, { host: "turns.test", path: "/turn/first" });
  await tee.pair("/turn/first");
  for (let turn = 1; turn < count; turn += 1) await send(tee.url, { host: "turns.test", path: `/turn/${turn}` });
  const all = await waitFor(
    async () => {
      const counters = await Promise.all(ids.map((id) => registry.counters(id)));
      return counters.every((now) => ended(now) === count) ? counters : undefined;
    },
    "the counters of all",
    30_000,
  );
  for (const { sampled, sent, skipped } of all) {
    expect(sampled).toBe(count);
    expect(sent).toBe((count * 3) / ids.length);
    expect(skipped).toEqual({ "fan-out": count - sent });
  }
});

describe("the breaker", () => {
  test("opens after 5 failures in a row, and is tried again by one request", async () => {
    const { request, counted } = await host("broken.test", { stamped: true });
    for (let count = 0; count < 9; count += 1) {
      await request(`/gone/${count}`);
      await tee.pair(`/gone/${Math.min(count, 4)}`);
    }
    expect(atShadow.filter(({ url }) => url?.startsWith("/gone"))).toHaveLength(5);
    const open = await counted((now) => now.skipped.breaker === 4);
    expect(open).toMatchObject({ failed: 5, sampled: 10, sent: 6 });
    // The registry tries again after 10 s; what comes meanwhile is counted.
    const startedAt = Date.now();
    let at = 0;
    const closed = async () => {
      at += 1;
      await request(`/healed/${at}`);
      return atShadow.filter(({ url }) => url?.startsWith("/healed")).length >= 3 || undefined;
    };
    await waitFor(closed, "a closed breaker", 40_000);
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    const counters = await counted((now) => ended(now) === now.sampled && now.sampled >= at + 10);
    expect(counters.failed).toBe(5);
  });
});
