/**
 * What leaves no row is counted exactly all the same: byte-equal pairs beyond the first thousand of a deployment, and requests
 * that sampling passes over, where the client works out by itself who had to be sampled.
 */
import type { RequestListener } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeploymentSchema } from "../../core/wire/api/deployments.ts";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { RouteListSchema } from "../../core/wire/api/routes.ts";
import { ALWAYS_TAKEN, isDrawn } from "../chaos/client/sampling.ts";
import { waitFor } from "../servers/wait-for.ts";
import { DEPLOYMENT_ID, deploymentOf, type Stack, startStack } from "./stack.ts";

/** The first thousand byte-equal pairs of a deployment have a row, after that one in a hundred. */
const FIRST_ROWS = 1_000;
const BEYOND = 400;
/** More rows than this of those beyond are chance in one run of many million. */
const MAX_ROWS_BEYOND = 25;

const SAMPLED_HOST = "sampled.test";
const RATE = 0.1;
const CLIENTS = 400;

/** Requests at once; a tee mirrors 32 at once. */
const AT_ONCE = 8;

/** As an app takes, so that a moment the machine takes away from the shadow is not three times as long. */
const ANSWER_MS = 30;

const same: RequestListener = (_, response) =>
  void setTimeout(() => response.setHeader("content-type", "application/json").end('{"same":true}'), ANSWER_MS);

let stack: Stack;
let sampledId = "";
let atShadow = 0;

beforeAll(async () => {
  const shadow: RequestListener = (request, response) => {
    if (request.url?.startsWith("/things/")) atShadow += 1;
    same(request, response);
  };
  stack = await startStack({ prod: same, shadow });
  const { shadowOrigin } = await stack.read(`/api/deployments/${DEPLOYMENT_ID}`, DeploymentSchema);
  const pull = { number: 13, title: "Sampled", url: null, branch: "sampled" };
  const sampled = { pull, hosts: [SAMPLED_HOST], rate: RATE, sticky: "header:x-client", shadowOrigin };
  sampledId = (await stack.register(deploymentOf(sampled))).id;
}, 60_000);

afterAll(() => stack?.close());

/** Sends `count` requests, some at once. */
async function send(count: number, one: (n: number) => ReturnType<Stack["client"]>): Promise<void> {
  let next = 0;
  const client = async () => {
    while (next < count) {
      const n = next;
      next += 1;
      await (await one(n)).text();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
}

/** The ledger once the tees' last counters are in it. */
function whole(seen: number, deploymentId: string): Promise<Ledger> {
  const look = async () => {
    const ledger = await stack.accounted(1, deploymentId);
    return ledger.seen + ledger.unrouted >= seen ? ledger : undefined;
  };
  return waitFor(look, "the last counters", 30_000);
}

test("byte-equal pairs beyond the first thousand are counted without a row: by deployment, by route, Safe, none lost", async () => {
  await send(FIRST_ROWS, (n) => stack.client(`/equal/${n}`));
  const before = await whole(FIRST_ROWS, DEPLOYMENT_ID);
  expect(before).toMatchObject({ equalWithoutRow: 0, dropped: {}, skipped: {}, unexplained: 0 });
  // Requests that met no table are made up for, so that there are a thousand rows.
  const missing = before.unrouted;
  await send(missing, (n) => stack.client(`/equal/${n}`));
  // The tee learns with its next table that there are enough; until then it takes rows.
  let sent = FIRST_ROWS + missing;
  await waitFor(
    async () => {
      await send(AT_ONCE, (n) => stack.client(`/equal/${n}`));
      sent += AT_ONCE;
      return (await whole(sent, DEPLOYMENT_ID)).equalWithoutRow > 0 ? true : undefined;
    },
    "a pair without a row",
    30_000,
  );
  const between = await whole(sent, DEPLOYMENT_ID);
  await send(BEYOND, (n) => stack.client(`/equal/${n}`));
  sent += BEYOND;

  const after = await whole(sent, DEPLOYMENT_ID);
  expect(after).toMatchObject({ skipped: {}, dropped: {}, shadowFailed: 0, unreported: 0, unexplained: 0 });
  expect(after.sampled + after.unrouted).toBe(sent);
  expect(after.compared).toBe(after.sampled);
  const counted = after.equalWithoutRow - between.equalWithoutRow;
  expect(counted).toBeGreaterThanOrEqual(BEYOND - MAX_ROWS_BEYOND - (after.unrouted - between.unrouted));
  const deployment = await stack.read(`/api/deployments/${DEPLOYMENT_ID}`, DeploymentSchema);
  expect(deployment).toMatchObject({
    verdict: "Safe",
    drifts: 0,
    counts: { pairs: after.compared, safe: after.compared },
  });
  const { items } = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/routes`, RouteListSchema);
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    route: "GET /equal/{id}",
    counts: { pairs: after.compared, safe: after.compared },
    equalWithoutRow: after.equalWithoutRow,
  });
  // The newest thousand rows and all pairs without one: nothing that was counted is missing in the latencies.
  expect(items[0]?.latency.shadow?.pairs).toBeGreaterThanOrEqual(after.equalWithoutRow);
}, 180_000);

test("at a rate of 10 % exactly those clients are sampled that a client of this test works out by itself", async () => {
  const ask = (path: string, client: string) =>
    stack.client(path, { host: SAMPLED_HOST, headers: { "x-client": client } });
  // A table has to be there first; these are on a route of their own, of which the first are always taken.
  const warm = await waitFor(
    async () => {
      await (await ask("/warm", "nobody")).text();
      const ledger = await stack.accounted(0, sampledId);
      return ledger.sampled > 0 ? ledger : undefined;
    },
    "a table",
    30_000,
  );
  let always = 0;
  for (; always < ALWAYS_TAKEN; always += 1) await (await ask(`/things/${always}`, `first ${always}`)).text();
  let drawn = 0;
  await send(CLIENTS, (n) => {
    const client = `client-${n}`;
    if (isDrawn(client, { deploymentId: sampledId, rate: RATE, now: Date.now() })) drawn += 1;
    return ask(`/things/${n}`, client);
  });
  expect(drawn).toBeGreaterThan(0);

  const expected = always + drawn;
  const ledger = await waitFor(
    async () => {
      const now = await stack.accounted(expected, sampledId);
      return now.seen + now.unrouted >= warm.seen + warm.unrouted + always + CLIENTS ? now : undefined;
    },
    "the last counters",
    30_000,
  );
  const { items } = await stack.read(`/api/deployments/${sampledId}/routes`, RouteListSchema);
  const things = items.find(({ route }) => route === "GET /things/{id}");
  expect(things?.counts.pairs).toBe(expected);
  expect(atShadow).toBe(expected);
  expect(ledger).toMatchObject({
    unrouted: warm.unrouted,
    compared: ledger.sampled,
    skipped: {},
    dropped: {},
    unexplained: 0,
  });
}, 90_000);
