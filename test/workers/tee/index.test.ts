/** The tee in the real runtime: what the client gets, what the shadow gets, what is handed to the queue, and what is counted. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostCounters } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { pause, waitFor } from "../../servers/wait-for.ts";
import { type Reply, type Sent, send } from "./client.ts";
import { type Origin, startProd, startShadow } from "./origins.ts";
import { startTee, type TeeStack } from "./stack.ts";
import { DEPLOYMENT_ID, target } from "./target.ts";

let prod: Origin;
let shadow: Origin;
let tee: TeeStack;

beforeAll(async () => {
  [prod, shadow] = await Promise.all([startProd(), startShadow()]);
  tee = await startTee(prod.url);
});

afterAll(async () => {
  await tee?.close();
  await Promise.all([prod?.close(), shadow?.close()]);
});

/** A host of the test's own that mirrors to the shadow, and a way to send to it. */
async function mirrored(host: string, changes: Partial<MirrorTarget> = {}) {
  const registry = tee.registry(host);
  await registry.lease(target(shadow.url, changes));
  const request = (path: string, sent: Partial<Sent> = {}): Promise<Reply> => send(tee.url, { ...sent, host, path });
  const counters = (done: (counters: HostCounters) => boolean): Promise<HostCounters> =>
    waitFor(async () => {
      const now = await registry.counters(DEPLOYMENT_ID);
      return done(now) ? now : undefined;
    }, "the counters");
  return { request, counters, registry };
}

function atShadow(path: string) {
  return shadow.received.filter((received) => received.url === path);
}

describe("the client", () => {
  test("gets production's answer as it is streamed, whatever the shadow does", async () => {
    const { request } = await mirrored("stream.test");
    const reply = await request("/slow-body");
    expect(reply.body.toString()).toBe("first last");
    expect(reply.headersMs).toBeLessThan(reply.totalMs - 150);
  });

  test("waits for no shadow that hangs", async () => {
    const { request } = await mirrored("hang.test");
    await request("/warm");
    const reply = await request("/hang");
    expect(reply.status).toBe(200);
    expect(reply.totalMs).toBeLessThan(1_000);
    await waitFor(async () => atShadow("/hang")[0], "the mirrored request");
  });

  test.each(["/cookies", "/nothing", "/unchanged", "/part", "/missing"])("sees no difference at %s", async (path) => {
    const { request } = await mirrored("same.test");
    const [direct, through] = [await send(prod.url, { host: "same.test", path }), await request(path)];
    expect(through.status).toBe(direct.status);
    expect(through.body).toEqual(direct.body);
    expect(comparable(through)).toEqual(comparable(direct));
  });

  test("sees no difference at HEAD", async () => {
    const { request } = await mirrored("same.test");
    const [direct, through] = [
      await send(prod.url, { host: "same.test", path: "/cookies", method: "HEAD" }),
      await request("/cookies", { method: "HEAD" }),
    ];
    expect(comparable(through)).toEqual(comparable(direct));
    expect(through.body.byteLength).toBe(0);
  });

  test("uploads 8 MB without being held back by a hanging shadow", async () => {
    const { request, counters } = await mirrored("upload.test", { methods: ["GET", "POST"] });
    await request("/warm?upload");
    await tee.pair("/warm?upload");
    const body = Buffer.alloc(8 * 1024 * 1024, 7);
    const reply = await request("/upload", {
      method: "POST",
      body,
      headers: { "content-length": String(body.length) },
    });
    expect(reply.status).toBe(200);
    expect(reply.totalMs).toBeLessThan(4_000);
    expect(prod.received.find((one) => one.url === "/upload")?.body.equals(body)).toBe(true);
    expect((await counters((now) => now.skipped["body-size"] === 1 && now.sent > 0)).sent).toBe(1);
    expect(atShadow("/upload")).toEqual([]);
  });
});

describe("the pair", () => {
  test("carries both answers with their times, also for the first request of a cold isolate", async () => {
    const { request } = await mirrored("pair.test");
    await request("/pair?x=1");
    const pair = await tee.pair("/pair?x=1");
    expect(pair).toMatchObject({ deploymentId: DEPLOYMENT_ID, repoId: 7, credentials: "none" });
    expect(pair.request).toMatchObject({ method: "GET", body: null });
    expect(pair.prod).toMatchObject({ status: 200, body: '{"side":"prod"}', bodyBytes: 15 });
    expect(pair.shadow).toMatchObject({ status: 200, body: '{"side":"shadow"}', bodyBytes: 17 });
    expect(pair.id).toMatch(/^[0-9A-Z]{26}$/);
  });

  test("says that a shadow timed out", async () => {
    const { request } = await mirrored("timeout.test");
    await request("/hang?timeout");
    const pair = await tee.pair("/hang?timeout");
    expect(pair.shadow).toMatchObject({ failed: "timeout" });
  });

  test("carries a second answer of production where one is wanted", async () => {
    const { request } = await mirrored("control.test", { controlShare: 1 });
    await request("/control");
    expect((await tee.pair("/control")).control).toMatchObject({ status: 200, body: '{"side":"prod"}' });
    expect(prod.received.filter((one) => one.url === "/control")).toHaveLength(2);
  });

  test("of a POST is sent from memory, when the route asks for it", async () => {
    const { request } = await mirrored("post.test", { methods: ["GET", "POST"] });
    await request("/warm?post");
    await tee.pair("/warm?post");
    const body = Buffer.from('{"amount":12345678901234567890}');
    await request("/post", {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "content-length": "31" },
    });
    expect((await tee.pair("/post")).request.body).toBe(body.toString());
    expect(atShadow("/post")[0]?.body).toEqual(body);
    expect(prod.received.find((one) => one.url === "/post")?.body).toEqual(body);
  });

  test("larger than a message lies in the bucket, cut at the capture limit", async () => {
    const { request } = await mirrored("large.test");
    const reply = await request("/large");
    expect(reply.body.byteLength).toBe(600_000);
    const key = await waitFor(async () => {
      const stored = (await tee.messages()).find((message) => "r2Key" in message);
      return stored && "r2Key" in stored ? stored.r2Key : undefined;
    }, "the message that names a key");
    expect(key).toMatch(new RegExp(`^messages/${DEPLOYMENT_ID}/[0-9A-Z]{26}\\.json\\.gz$`));
    const { pairs } = await tee.stored(key);
    expect(pairs[0]?.prod).toMatchObject({ truncated: true, bodyBytes: 600_000 });
    const side = pairs[0]?.prod;
    const captured = side !== undefined && "body" in side ? side.body.length : 0;
    // The value that the limit cut is replaced as a whole, so the length is about the limit's.
    expect(Math.abs(captured - 256 * 1024)).toBeLessThan(100);
  });
});

describe("secrets", () => {
  test("never reach the queue", async () => {
    const { request } = await mirrored("secrets.test");
    await request("/secrets", { headers: { referer: "http://a/?session=referer-value-1" } });
    const text = JSON.stringify(await tee.pair("/secrets"));
    expect(text).not.toMatch(/-value-\d/);
    expect(text).toContain('\\"name\\":\\"open\\"');
    expect(text).toMatch(/session=redacted:string:\d+-\d+:\w+:\w+; HttpOnly/);
  });

  test("of a client never reach the shadow: the request is skipped", async () => {
    const { request, counters } = await mirrored("credentials.test");
    await request("/credentials", { headers: { cookie: "session=real" } });
    await request("/credentials", { headers: { authorization: "Bearer real" } });
    await request("/credentials", { headers: { "x-api-key": "real" } });
    await request("/credentials?api_key=real");
    expect(await counters((now) => now.skipped.credentials === 4)).toMatchObject({ seen: 4, sampled: 4, sent: 0 });
    expect(shadow.received.filter((one) => one.url.startsWith("/credentials"))).toEqual([]);
  });

  test("are replaced by the test identity that they are mapped to", async () => {
    const { request } = await mirrored("mapped.test", { credentials: { authorization: "Bearer of-the-tests" } });
    await request("/mapped", { headers: { authorization: "Bearer real" } });
    const pair = await tee.pair("/mapped");
    expect(pair.credentials).toBe("test-identity");
    expect(atShadow("/mapped")[0]?.headers.authorization).toBe("Bearer of-the-tests");
    expect(JSON.stringify(pair)).not.toMatch(/Bearer (?:real|of-the-tests)/);
  });

  test("and conditions, ranges and forwarding headers do not travel", async () => {
    const { request } = await mirrored("headers.test");
    const headers = {
      "if-none-match": '"x"',
      range: "bytes=0-1",
      "x-forwarded-for": "10.0.0.1",
      "accept-language": "de",
    };
    await request("/headers", { headers });
    await tee.pair("/headers");
    const arrived = atShadow("/headers")[0]?.headers ?? {};
    expect(arrived["accept-language"]).toBe("de");
    for (const name of ["if-none-match", "range", "x-forwarded-for"]) expect(arrived).not.toHaveProperty(name);
  });
});

describe("the counters", () => {
  test("say why an answer was not compared, and reach the registry within seconds of the last request", async () => {
    const { request, counters } = await mirrored("skips.test");
    for (const path of ["/events", "/unchanged", "/part", "/fine"]) await request(path);
    await request("/posted", { method: "POST", body: Buffer.from("x") });
    const skipped = { stream: 1, "not-modified": 1, partial: 1, method: 1 };
    expect(await counters((now) => now.sent === 1 && now.seen === 5)).toMatchObject({
      sampled: 5,
      skipped,
      dropped: {},
    });
    expect(atShadow("/events")).toEqual([]);
  });

  test("stop at the kill switch and at the end of the lease", async () => {
    const { request, registry } = await mirrored("killed.test");
    await registry.setKillSwitch(true);
    await request("/killed");
    const other = await mirrored("released.test");
    await other.registry.release(DEPLOYMENT_ID);
    await other.request("/released");
    await pause(1_500);
    expect([...atShadow("/killed"), ...atShadow("/released")]).toEqual([]);
  });
});

test("a mirrored request is not mirrored again, and a forged marker means nothing", async () => {
  const { request } = await mirrored("loop.test");
  await request("/marked");
  await tee.pair("/marked");
  const marker = String(atShadow("/marked")[0]?.headers["x-shadow-infra-mirrored"]);
  await request("/again", { headers: { "x-shadow-infra-mirrored": marker } });
  await request("/forged", { headers: { "x-shadow-infra-mirrored": `${marker.slice(0, -4)}0000` } });
  await tee.pair("/forged");
  expect(atShadow("/again")).toEqual([]);
});

/** Headers without those of the connection itself and the clock. */
function comparable({ rawHeaders }: Reply): readonly string[] {
  const lines = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [`${name.toLowerCase()}: ${rawHeaders[at + 1]}`] : [],
  );
  return lines.filter((line) => !/^(?:connection|keep-alive|date|transfer-encoding):/.test(line)).toSorted();
}
