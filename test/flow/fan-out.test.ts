/**
 * More pull requests on one host than a request may be mirrored to: at most three requests of ours go out for one of a
 * client, all shadows get their turn, and each ledger says how often it was another's.
 */
import type { RequestListener } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Listening, listen } from "../servers/http.ts";
import { waitFor } from "../servers/wait-for.ts";
import { DEPLOYMENT_ID, deploymentOf, HOST, type Stack, startStack } from "./stack.ts";

/** What the project promises: requests of ours for one of a client. */
const AT_MOST = 3;
const SHADOWS = 5;
const SENT = 60;
/** What each shadow gets when turns are fair. */
const FAIR = (SENT * AT_MOST) / SHADOWS;

/** Two pull requests with a base stack that is asked twice while there is room: four requests would be one too many. */
const BASED_HOST = "based.test";
const BASED_SENT = 12;

/** Requests of ours by path, and by who got them. */
const ours = new Map<string, string[]>();

function counting(name: string): RequestListener {
  return (request, response) => {
    const path = request.url ?? "/";
    ours.set(path, [...(ours.get(path) ?? []), name]);
    response.setHeader("content-type", "application/json").end('{"same":true}');
  };
}

const prod: RequestListener = (_, response) =>
  response.setHeader("content-type", "application/json").end('{"same":true}');

let stack: Stack;
const servers: Listening[] = [];
const ids = [DEPLOYMENT_ID];
const basedIds: string[] = [];

async function serve(name: string): Promise<string> {
  const server = await listen(counting(name));
  servers.push(server);
  return server.url;
}

async function deploy(number: number, host: string, baseOrigin: string | null): Promise<string> {
  const pull = { number, title: `Change ${number}`, url: null, branch: `change-${number}` };
  const base = baseOrigin === null ? null : { origin: baseOrigin, deploymentId: `base-${number}`, againShare: 1 };
  const shadowOrigin = await serve(`shadow ${number}`);
  return (await stack.register(deploymentOf({ pull, hosts: [host], shadowOrigin, base }))).id;
}

beforeAll(async () => {
  stack = await startStack({ prod, shadow: counting("shadow 12") });
  for (let number = 13; ids.length < SHADOWS; number += 1) ids.push(await deploy(number, HOST, null));
  for (const number of [31, 32]) basedIds.push(await deploy(number, BASED_HOST, await serve(`base ${number}`)));
}, 60_000);

afterAll(async () => {
  await stack?.close();
  await Promise.all(servers.map((server) => server.close()));
});

/** One after the other, as a client that waits for its answers. */
async function send(host: string, count: number, path: (n: number) => string): Promise<void> {
  for (let n = 0; n < count; n += 1) await (await stack.client(path(n), { host })).text();
}

test("five shadows share a host: three requests of ours for each of a client, fair turns, and the rest is counted", async () => {
  await send(HOST, SENT, (n) => `/items/${n}`);
  const ledgers = await Promise.all(ids.map((id) => ledgerOf(id, SENT)));
  const served = new Map(ids.map((_, at) => [`shadow ${12 + at}`, 0]));
  const unrouted = ledgers[0]?.unrouted ?? 0;
  const asked = [...ours].filter(([path]) => path.startsWith("/items/"));
  expect(asked).toHaveLength(SENT - unrouted);
  for (const [, names] of asked) {
    expect(names.length).toBe(AT_MOST);
    expect(new Set(names).size).toBe(AT_MOST);
    for (const name of names) served.set(name, (served.get(name) ?? 0) + 1);
  }
  for (const [at, ledger] of ledgers.entries()) {
    const got = served.get(`shadow ${12 + at}`) ?? 0;
    expect(Math.abs(got - FAIR)).toBeLessThanOrEqual(1 + unrouted);
    expect(ledger).toMatchObject({ sampled: SENT - unrouted, compared: got, dropped: {}, unexplained: 0 });
    expect(ledger.skipped).toEqual({ "fan-out": SENT - unrouted - got });
  }
}, 60_000);

test("shadow and base go together and count as two; a second answer only takes what room is left", async () => {
  await send(BASED_HOST, BASED_SENT, (n) => `/based/${n}`);
  const [one, other] = await Promise.all(basedIds.map((id) => ledgerOf(id, BASED_SENT)));
  const asked = [...ours].filter(([path]) => path.startsWith("/based/"));
  for (const [, names] of asked) {
    const [pull = ""] = names.map((name) => name.split(" ")[1]);
    expect(names.toSorted()).toEqual([`base ${pull}`, `base ${pull}`, `shadow ${pull}`]);
  }
  expect(asked).toHaveLength(BASED_SENT - (one?.unrouted ?? 0));
  expect((one?.compared ?? 0) + (other?.compared ?? 0)).toBe(asked.length);
  expect(Math.abs((one?.compared ?? 0) - (other?.compared ?? 0))).toBeLessThanOrEqual(1);
  expect(one?.skipped).toEqual({ "fan-out": other?.compared });
}, 60_000);

/** The ledger once it knows what became of all requests: the tees' last counters come up within some seconds. */
function ledgerOf(id: string, sent: number) {
  const whole = async () => {
    const ledger = await stack.accounted(1, id);
    return ledger.sampled + ledger.unrouted >= sent ? ledger : undefined;
  };
  return waitFor(whole, "the last counters", 30_000);
}
