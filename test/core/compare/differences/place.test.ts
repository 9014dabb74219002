import { expect, it, test } from "vitest";
import {
  isMapKey,
  itemPlace,
  memberPlace,
  pathOf,
  patternOf,
  ROOT,
} from "../../../../core/compare/differences/place.ts";

test.each([
  ["price", "$.price", "$.price"],
  ["unit price", '$["unit price"]', '$["unit price"]'],
  ["", '$[""]', '$[""]'],
  ['a"b', '$["a\\"b"]', '$["a\\"b"]'],
  ["17", '$["17"]', "$.*"],
  ["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10", '$["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10"]', "$.*"],
  ["2026-11-21", '$["2026-11-21"]', "$.*"],
  ["a@example.com", '$["a@example.com"]', "$.*"],
  ["/orders", '$["/orders"]', "$.*"],
  ["EUR", "$.EUR", "$.*"],
  ["de-AT", "$.de-AT", "$.*"],
  ["SKU", "$.SKU", "$.SKU"],
])("the key %j stands at %s with the pattern %s", (key, path, pattern) => {
  const place = memberPlace(ROOT, key);
  expect([pathOf(place), patternOf(place)]).toEqual([path, pattern]);
});

it("writes positions as they are and their pattern without", () => {
  const place = memberPlace(itemPlace(memberPlace(ROOT, "items"), 3), "price");
  expect([pathOf(place), patternOf(place)]).toEqual(["$.items[3].price", "$.items[*].price"]);
});

it("takes what is too long for a name as one of many like things", () => {
  expect([isMapKey("x".repeat(65)), isMapKey("x".repeat(64))]).toEqual([true, false]);
});

it("shortens the path of something very deep in its middle", () => {
  let place = ROOT;
  for (let level = 0; level < 5_000; level++) place = memberPlace(place, "deep");
  expect(pathOf(place)).toMatch(/^\$\.deep.*….*deep$/);
  expect(pathOf(place).length).toBeLessThanOrEqual(1_001);
});
