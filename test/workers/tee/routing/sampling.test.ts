import { expect, test } from "vitest";
import { isSampled, share } from "../../../../workers/tee/routing/sampling.ts";
import { target } from "../target.ts";

const NOW = 1_800_000_000_000;
const at = (client: string | null, path: string) => ({ method: "GET", path, client });

test("a rate of 1 takes all, a rate of 0 none, not even the first of a route", () => {
  expect(isSampled(target("", { rate: 1 }), at("10.0.0.1", "/all"), NOW)).toBe(true);
  expect(isSampled(target("", { rate: 0 }), at("10.0.0.1", "/none"), NOW)).toBe(false);
});

test("the first 20 requests of each route are taken whatever the rate", () => {
  const rare = target("", { rate: 1e-9 });
  const taken = Array.from({ length: 50 }, (_, id) => isSampled(rare, at("10.0.0.1", `/orders/${id}`), NOW));
  expect(taken.filter(Boolean)).toHaveLength(20);
  expect(isSampled(rare, at("10.0.0.1", "/other"), NOW)).toBe(true);
});

test("a client is in or out for an hour, and then drawn again", () => {
  const half = target("", { rate: 0.5, deploymentId: "7-3-0123456789ab" });
  const draw = (client: string, now: number) => isSampled(half, at(client, "/sticky"), now);
  for (let first = 0; first < 20; first += 1) draw("10.9.9.9", NOW);
  const clients = Array.from({ length: 200 }, (_, id) => `10.0.0.${id}`);
  expect(clients.map((client) => draw(client, NOW))).toEqual(clients.map((client) => draw(client, NOW + 60_000)));
  expect(clients.map((client) => draw(client, NOW))).not.toEqual(
    clients.map((client) => draw(client, NOW + 3_600_000)),
  );
});

test("shares are spread evenly, also for names that differ in one character", () => {
  const below = Array.from({ length: 20_000 }, (_, id) => share(`10.0.${id >> 8}.${id & 255}`)).filter((x) => x < 0.01);
  expect(below.length).toBeGreaterThan(140);
  expect(below.length).toBeLessThan(260);
});
