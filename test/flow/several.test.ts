/**
 * Several hosts, several pull requests on one host, several repositories: each deployment's ledger adds up to what the client
 * has sent, a close and a dead provisioner end mirroring in time, and a host can be switched off.
 */
import type { RequestListener } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Listening, listen } from "../servers/http.ts";
import { pause, waitFor } from "../servers/wait-for.ts";
import { deploymentOf, HOST, type Registered, type Stack, startStack } from "./stack.ts";

const OTHER_HOST = "blog.test";
const ABANDONED_HOST = "docs.test";
const SENT = 6;

/** A close must have ended mirroring after that, and a lease that nobody renews. */
const CLOSED_WITHIN_MS = 10_000;
const EXPIRED_WITHIN_MS = 60_000;

const arrived = new Map<string, number>();

/** A shadow that counts what it gets. */
const shadowNamed = (name: string): RequestListener => {
  return (_, response) => {
    arrived.set(name, (arrived.get(name) ?? 0) + 1);
    response.setHeader("content-type", "application/json").end('{"kept":1}');
  };
};

let stack: Stack;
const shadows = new Map<string, Listening>();
const registered = new Map<string, Registered>();

async function deploy(name: string, repoId: number, pr: number, hosts: readonly string[]): Promise<void> {
  const shadow = await listen(shadowNamed(name));
  shadows.set(name, shadow);
  const repository = { id: repoId, fullName: `acme/r${repoId}` };
  const pull = { number: pr, title: name, url: null, branch: name };
  const deployment = deploymentOf({ repository, pull, hosts: [...hosts], shadowOrigin: shadow.url });
  registered.set(name, await stack.register(deployment));
}

const idOf = (name: string): string => registered.get(name)?.id ?? "";

beforeAll(async () => {
  const prod: RequestListener = (_, response) =>
    response.setHeader("content-type", "application/json").end('{"kept":1}');
  stack = await startStack({ prod, shadow: shadowNamed("first") });
  await deploy("second", 7, 13, [HOST]);
  await deploy("other repository", 8, 1, [HOST, OTHER_HOST]);
  await deploy("abandoned", 9, 1, [ABANDONED_HOST]);
  registered.get("abandoned")?.abandon();
});

afterAll(async () => {
  await stack?.close();
  await Promise.all([...shadows.values()].map((shadow) => shadow.close()));
});

/** The same request until its shadow has got one: a table was there. */
async function mirrored(name: string, host: string): Promise<number> {
  let sent = 0;
  const before = arrived.get(name) ?? 0;
  return waitFor(async () => {
    await (await stack.client("/warm", { host })).text();
    sent += 1;
    await pause(100);
    return (arrived.get(name) ?? 0) > before ? sent : undefined;
  }, `a request at ${name}`);
}

/** How long after `since` the shadow got its last request, when it gets none any more; the client keeps asking. */
async function lastArrivalMs(name: string, host: string, limitMs: number): Promise<number> {
  const since = Date.now();
  let last = since;
  let count = arrived.get(name);
  while (Date.now() - since < limitMs + 4_000) {
    await (await stack.client("/ending", { host })).text();
    await pause(200);
    if (arrived.get(name) === count) continue;
    count = arrived.get(name);
    last = Date.now();
  }
  return last - since;
}

test("each deployment on a host gets each request, and every ledger adds up to what the client has sent", async () => {
  const warm = await mirrored("second", HOST);
  for (let n = 0; n < SENT; n += 1) await (await stack.client(`/things/${n}`)).text();
  for (const id of [undefined, idOf("second"), idOf("other repository")]) {
    // The tee's last counters come up within 5 s; a stored pair is known before.
    const whole = async () => {
      const ledger = await stack.accounted(SENT, id);
      return ledger.sampled + ledger.unrouted >= warm + SENT ? ledger : undefined;
    };
    const ledger = await waitFor(whole, "the last counters", 20_000);
    expect(ledger.sampled + ledger.unrouted).toBe(warm + SENT);
    expect(ledger).toMatchObject({ dropped: {}, unexplained: 0, shadowFailed: 0 });
  }
});

test("a deployment of another repository is mirrored to from both of its hosts", async () => {
  const before = await stack.accounted(SENT, idOf("other repository"));
  const sent = await mirrored("other repository", OTHER_HOST);
  const ledger = await stack.accounted(before.sampled + 1, idOf("other repository"));
  expect(ledger.sampled + ledger.unrouted).toBe(before.sampled + before.unrouted + sent);
  expect(arrived.get("other repository")).toBe(ledger.compared);
});

test("a close ends mirroring to that deployment within 10 s, and to no other", async () => {
  await stack.service("DELETE", `/api/deployments/${idOf("second")}`);
  const others = arrived.get("first") ?? 0;
  expect(await lastArrivalMs("second", HOST, CLOSED_WITHIN_MS)).toBeLessThanOrEqual(CLOSED_WITHIN_MS);
  expect(arrived.get("first")).toBeGreaterThan(others);
});

test("the kill switch of a host ends mirroring from that host alone", async () => {
  await stack.service("PUT", `/api/hosts/${HOST}/kill-switch`, { on: true });
  expect(await lastArrivalMs("first", HOST, CLOSED_WITHIN_MS)).toBeLessThanOrEqual(CLOSED_WITHIN_MS);
  await mirrored("other repository", OTHER_HOST);
});

test("with the provisioner dead, mirroring ends when the lease does, within 60 s", async () => {
  expect(await lastArrivalMs("abandoned", ABANDONED_HOST, EXPIRED_WITHIN_MS)).toBeLessThanOrEqual(EXPIRED_WITHIN_MS);
}, 90_000);
