/** Which hosts of a recording are meant. */
import { expect, test } from "vitest";
import { hostsToTake } from "../../../cli/replay/hosts.ts";

const RECORDED = new Map([
  ["cdn.example.com", 9],
  ["shop.example.com", 30],
  ["api.example.com", 30],
]);

test.each<readonly [string, ReadonlyMap<string, number>, readonly string[], readonly string[] | null]>([
  ["those that were asked for, in the recording or not", RECORDED, ["cdn.example.com", "x"], ["cdn.example.com", "x"]],
  ["production's own, though others have more requests", new Map([...RECORDED, ["prod:80", 1]]), [], ["prod:80"]],
  ["the one with most requests, of equal ones the first by name", RECORDED, [], ["api.example.com"]],
  ["all where there is one", new Map([["shop.example.com", 3]]), [], null],
  ["all where the recording names none", new Map(), [], null],
])("takes %s", (_, recorded, asked, taken) => {
  const hosts = hostsToTake(recorded, "prod:80", asked);
  expect(hosts === null ? null : [...hosts]).toEqual(taken);
});
