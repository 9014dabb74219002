import { expect, test } from "vitest";
import { latencyBucket } from "../../../core/report/latency.ts";
import {
  addLatencies,
  LATENCY_SIDES,
  latencyCounts,
  NO_LATENCIES,
  routeLatencies,
} from "../../../core/report/route-latencies.ts";

const answer = (latencyMs: number) => ({ status: 200, headers: {}, body: "", latencyMs });

test("a pair counts each side that answered, in its bucket", () => {
  const counts = latencyCounts({ prod: answer(10), shadow: answer(30), control: answer(11) });
  expect(counts).toEqual({
    [`prod:${latencyBucket(10)}`]: 1,
    [`shadow:${latencyBucket(30)}`]: 1,
    [`control:${latencyBucket(11)}`]: 1,
  });
});

test("the time until a side was given up is no latency", () => {
  expect(latencyCounts({ prod: answer(10), shadow: { failed: "timeout", latencyMs: 5_000 } })).toEqual({
    [`prod:${latencyBucket(10)}`]: 1,
  });
});

test("the shadow is counted beside the base only where both answered", () => {
  const [bucket, base] = [latencyBucket(30), answer(20)];
  expect(latencyCounts({ prod: answer(10), shadow: answer(30), base })).toHaveProperty(`shadowBesideBase:${bucket}`, 1);
  const failed = { failed: "reset", latencyMs: 1 } as const;
  for (const pair of [
    { prod: answer(10), shadow: answer(30), base: failed },
    { prod: answer(10), shadow: failed, base },
  ])
    expect(Object.keys(latencyCounts(pair)).filter((key) => key.startsWith("shadowBesideBase"))).toEqual([]);
});

test("the flat object and the sketches by side say the same", () => {
  const flat = Object.fromEntries(LATENCY_SIDES.map((side, n) => [`${side}:${n - 1_000}`, n + 1]));
  const sketches = routeLatencies({ ...flat, "other:1": 4 });
  expect(LATENCY_SIDES.map((side) => sketches[side])).toEqual(LATENCY_SIDES.map((_, n) => ({ [n - 1_000]: n + 1 })));
  expect(addLatencies(NO_LATENCIES, sketches)).toEqual(sketches);
  expect(addLatencies(sketches, { prod: { "-1000": 5, "7": 1 } }).prod).toEqual({ "-1000": 6, "7": 1 });
});
