import { describe, expect, test } from "vitest";
import { clientKey, isSampled, share } from "../../../../workers/tee/routing/sampling.ts";
import { routed } from "./routed.ts";

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const at = (client: string | null, path: string) => ({
  method: "GET",
  path,
  headers: new Headers(client === null ? {} : { "cf-connecting-ip": client }),
});

/** A deployment of the test's own whose route `/sticky` has no always-taken request left. */
function warm(probability: number, deploymentId: string) {
  const target = routed({ probability, deploymentId });
  for (let first = 0; first < 20; first += 1) isSampled(target, at("10.9.9.9", "/sticky"), NOW);
  return (client: string | null, now = NOW) => isSampled(target, at(client, "/sticky"), now);
}

test("a probability of 1 takes all, one of 0 none, not even the first of a route", () => {
  expect(isSampled(routed({ probability: 1 }), at("10.0.0.1", "/all"), NOW)).toBe(true);
  for (const probability of [0, -1, Number.NaN])
    expect(isSampled(routed({ probability }), at("10.0.0.1", "/none"), NOW)).toBe(false);
});

test("the first 20 requests of each route are taken whatever the probability", () => {
  const rare = routed({ probability: 1e-9, deploymentId: "1-1-00000000000a" });
  const taken = Array.from({ length: 50 }, (_, id) => isSampled(rare, at("10.0.0.1", `/orders/${id}?x=${id}`), NOW));
  expect(taken).toEqual(taken.map((_, index) => index < 20));
  expect(isSampled(rare, at("10.0.0.1", "/other"), NOW)).toBe(true);
  expect(isSampled({ ...rare, deploymentId: "1-1-00000000000b" }, at("10.0.0.1", "/orders/1"), NOW)).toBe(true);
});

test("routes beyond 500 are left to the probability", () => {
  const rare = routed({ probability: 1e-9, deploymentId: "1-1-00000000000c" });
  const taken = Array.from({ length: 600 }, (_, id) => isSampled(rare, at("10.0.0.1", `/route-${id}-x`), NOW));
  expect(taken.filter(Boolean)).toHaveLength(500);
});

test("a client is in or out for an hour, and then drawn again", () => {
  const draw = warm(0.5, "7-3-0123456789ab");
  const clients = Array.from({ length: 200 }, (_, id) => `10.0.0.${id}`);
  const first = clients.map((client) => draw(client));
  expect(clients.map((client) => draw(client, NOW + 60_000))).toEqual(first);
  expect(clients.map((client) => draw(client, NOW + HOUR_MS))).not.toEqual(first);
});

test("the draw is the one that docs/sampling.md describes", () => {
  const draw = warm(0.25, "7-3-documented00");
  for (let id = 0; id < 1_000; id += 1) {
    const client = `192.0.2.${id}`;
    expect(draw(client)).toBe(documented(`7-3-documented00 ${Math.floor(NOW / HOUR_MS)} ${client}`) < 0.25);
  }
});

/** Written from the documentation alone, in another way than the code. */
function documented(text: string): number {
  const word = (value: bigint) => value & 0xffff_ffffn;
  let hash = 2_166_136_261n;
  for (const unit of text.split("")) hash = word((hash ^ BigInt(unit.charCodeAt(0))) * 16_777_619n);
  hash = word((hash ^ (hash >> 16n)) * 0x85eb_ca6bn);
  hash = word((hash ^ (hash >> 13n)) * 0xc2b2_ae35n);
  return Number(hash ^ (hash >> 16n)) / 2 ** 32;
}

/** The 99.9 % interval of a binomial share, by its normal approximation. */
function interval(count: number, probability: number): readonly [number, number] {
  const half = 3.2905 * Math.sqrt(count * probability * (1 - probability));
  return [count * probability - half, count * probability + half];
}

test.each([0, 0.01, 0.1, 1])("of 100,000 clients a share of %d is taken", (probability) => {
  const draw = warm(probability, `9-${probability * 100}-0123456789ab`);
  let taken = 0;
  for (let id = 0; id < 100_000; id += 1) if (draw(`10.${id >> 16}.${(id >> 8) & 255}.${id & 255}`)) taken += 1;
  const [low, high] = interval(100_000, probability);
  expect(taken).toBeGreaterThanOrEqual(low);
  expect(taken).toBeLessThanOrEqual(high);
});

test("requests without a client are drawn one by one", () => {
  const draw = warm(0.5, "7-4-0123456789ab");
  const taken = Array.from({ length: 2_000 }, () => draw(null)).filter(Boolean).length;
  expect(taken).toBeGreaterThan(800);
  expect(taken).toBeLessThan(1_200);
});

describe("the client key", () => {
  const headers = new Headers({
    cookie: "a=1; session=abc=d; session=2",
    "x-user": "u7",
    "cf-connecting-ip": "192.0.2.1",
  });

  test("is the cookie or header that the deployment names", () => {
    expect(clientKey(headers, { in: "cookie", name: "session" })).toBe("abc=d");
    expect(clientKey(headers, { in: "header", name: "x-user" })).toBe("u7");
  });

  test("is the address at the edge where that is missing, empty or not named", () => {
    expect(clientKey(headers, { in: "cookie", name: "Session" })).toBe("192.0.2.1");
    expect(clientKey(headers, { in: "header", name: "x-other" })).toBe("192.0.2.1");
    expect(
      clientKey(new Headers({ cookie: "session=", "cf-connecting-ip": "192.0.2.1" }), {
        in: "cookie",
        name: "session",
      }),
    ).toBe("192.0.2.1");
    expect(clientKey(headers, null)).toBe("192.0.2.1");
  });

  test("is nobody's on this machine", () => {
    for (const address of ["127.0.0.1", "::1"])
      expect(clientKey(new Headers({ "cf-connecting-ip": address }), null)).toBeNull();
    expect(clientKey(new Headers(), null)).toBeNull();
  });
});

test("shares are spread evenly, also for names that differ in one character", () => {
  const below = Array.from({ length: 20_000 }, (_, id) => share(`10.0.${id >> 8}.${id & 255}`)).filter((x) => x < 0.01);
  expect(below.length).toBeGreaterThan(140);
  expect(below.length).toBeLessThan(260);
});
