/** The proxy with a bad network, in front of a real server and behind a real client. */
import { Agent, request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type FaultProxy, NO_NETWORK_FAULTS, startFaultProxy } from "../../../infra/local/faults/proxy.ts";
import { type Listening, listen } from "../../servers/http.ts";

const BODY = "x".repeat(2_000);

let server: Listening;
let asked = 0;
const proxies: FaultProxy[] = [];

beforeAll(async () => {
  server = await listen((incoming, response) => {
    asked += 1;
    incoming.resume().on("end", () => response.end(BODY));
  });
});
beforeEach(() => {
  asked = 0;
});
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await server.close();
});

async function proxied(seed = 1): Promise<FaultProxy> {
  const proxy = await startFaultProxy({ host: "127.0.0.1", port: server.port, seed });
  proxies.push(proxy);
  return proxy;
}

/** The length of the answer's body, or the error's code. */
function ask({ port }: FaultProxy, agent?: Agent): Promise<number | string> {
  return new Promise((resolve) => {
    const outgoing = request({ host: "127.0.0.1", port, agent, method: "POST" }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
      answer.on("end", () => resolve(bytes));
      answer.on("error", () => resolve("cut within"));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    outgoing.end("hello");
  });
}

it("without faults it only passes on, over connections that stay open", async () => {
  const proxy = await proxied();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers = [await ask(proxy, agent), await ask(proxy, agent), await ask(proxy, agent)];
  agent.destroy();
  expect([answers, proxy.cuts()]).toEqual([[BODY.length, BODY.length, BODY.length], 0]);
});

it("cuts the share of requests it is told to, before the service hears of them or within the answer, by its seed", async () => {
  const seen = async (seed: number) => {
    const proxy = await proxied(seed);
    proxy.set({ ...NO_NETWORK_FAULTS, cutRate: 0.4 });
    const answers: (number | string)[] = [];
    for (let n = 0; n < 60; n += 1) answers.push(await ask(proxy));
    return { answers, cuts: proxy.cuts() };
  };
  const first = await seen(5);
  expect(first.answers.filter((answer) => answer !== BODY.length)).toHaveLength(first.cuts);
  expect(first.cuts > 12 && first.cuts < 36).toBe(true);
  expect(new Set(first.answers)).toEqual(new Set([BODY.length, "ECONNRESET", "cut within"]));
  // Half of the cuts came before the service had heard of anything.
  expect(asked).toBe(60 - first.answers.filter((answer) => answer === "ECONNRESET").length);
  expect(await seen(5)).toEqual(first);
  expect((await seen(6)).answers).not.toEqual(first.answers);
});

it("holds back what is sent, and lets answers trickle", async () => {
  const proxy = await proxied();
  const timed = async (): Promise<number> => {
    const startedAt = performance.now();
    expect(await ask(proxy)).toBe(BODY.length);
    return performance.now() - startedAt;
  };
  proxy.set({ ...NO_NETWORK_FAULTS, delayMs: 80 });
  expect(await timed()).toBeGreaterThan(75);
  // Some 2,100 bytes at 10,000 a second.
  proxy.set({ ...NO_NETWORK_FAULTS, bytesPerS: 10_000 });
  expect(await timed()).toBeGreaterThan(150);
});

it("is not there while it is down, and is again on the same port", async () => {
  const proxy = await proxied();
  await proxy.down();
  expect(await ask(proxy)).toBe("ECONNREFUSED");
  await proxy.up();
  await proxy.up();
  expect(await ask(proxy)).toBe(BODY.length);
});

it("passes on that nobody listens behind it", async () => {
  const gone = await listen(() => {});
  await gone.close();
  const proxy = await startFaultProxy({ host: "127.0.0.1", port: gone.port, seed: 1 });
  proxies.push(proxy);
  expect(await ask(proxy)).toBe("ECONNRESET");
});
