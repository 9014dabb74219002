import { expect, test } from "vitest";
import {
  confirmEqual,
  countEqual,
  emptyEqual,
  MAX_EQUAL_ROUTES,
  takeChanged,
} from "../../../../workers/tee/routing/equal.ts";

const pair = (route: string, changes = {}) => ({
  route,
  at: 1_000,
  hasSecondAnswer: false,
  prodMs: 10,
  shadowMs: 20,
  controlMs: undefined,
  ...changes,
});

test("pairs are added up by route, with their latencies in buckets", () => {
  const tally = emptyEqual();
  countEqual(tally, pair("GET /a"));
  countEqual(tally, pair("GET /a", { at: 3_000, hasSecondAnswer: true, controlMs: 10 }));
  countEqual(tally, pair("GET /a", { at: 2_000, shadowMs: 21 }));
  const route = takeChanged(tally)?.["GET /a"];
  expect(route).toMatchObject({ pairs: 3, secondAnswers: 1, lastAt: 3_000 });
  expect(Object.values(route?.prod ?? {})).toEqual([3]);
  expect(new Set(Object.values(route?.shadow ?? {}))).toEqual(new Set([1, 2]));
  expect(Object.values(route?.control ?? {})).toEqual([1]);
});

test("a report carries what changed since the last confirmed one, as totals", () => {
  const tally = emptyEqual();
  countEqual(tally, pair("GET /a"));
  countEqual(tally, pair("GET /b"));
  expect(Object.keys(takeChanged(tally) ?? {})).toEqual(["GET /a", "GET /b"]);
  confirmEqual(tally);
  expect(takeChanged(tally)).toBeUndefined();
  countEqual(tally, pair("GET /b"));
  expect(takeChanged(tally)).toMatchObject({ "GET /b": { pairs: 2 } });
  expect(Object.keys(takeChanged(tally) ?? {})).toEqual(["GET /b"]);
});

test("what was counted while a report was under way is in the next one", () => {
  const tally = emptyEqual();
  countEqual(tally, pair("GET /a"));
  const report = takeChanged(tally);
  countEqual(tally, pair("GET /a"));
  confirmEqual(tally);
  expect(report?.["GET /a"]?.pairs).toBe(1);
  expect(takeChanged(tally)?.["GET /a"]?.pairs).toBe(2);
});

test("routes beyond the limit are one route of their method", () => {
  const tally = emptyEqual();
  for (let count = 0; count < MAX_EQUAL_ROUTES + 5; count += 1) countEqual(tally, pair(`GET /r${count}`));
  countEqual(tally, pair("GET /r0"));
  const routes = takeChanged(tally) ?? {};
  expect(Object.keys(routes)).toHaveLength(MAX_EQUAL_ROUTES + 1);
  expect(routes["GET {other}"]?.pairs).toBe(5);
  expect(routes["GET /r0"]?.pairs).toBe(2);
});
