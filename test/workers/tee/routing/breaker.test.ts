import { describe, expect, test } from "vitest";
import { handOver, healthy, mayAsk, recordResult, takeTrial } from "../../../../workers/tee/routing/breaker.ts";
import { routed } from "./routed.ts";

const NOW = 1_800_000_000_000;

/** Results one after the other, as 1 for a failure and 0 for an answer. */
function after(results: string) {
  const health = healthy();
  for (const [at, result] of results.split("").entries())
    recordResult(health, result === "1", { startedAt: at + 1, now: at + 1 });
  return health;
}

describe("the breaker of an isolate", () => {
  test.each(["11111", "00011111", "01010101010101010101", "10111101111011110111"])("opens after %s", (results) => {
    expect(after(results).isOpen).toBe(true);
    expect(mayAsk(routed(), after(results), NOW)).toBe(false);
  });

  test.each(["", "1111", "11110", "1111011110", "0101010101010101010", "01010101010101010100"])(
    "stays closed after %s",
    (results) => {
      expect(mayAsk(routed(), after(results), NOW)).toBe(true);
    },
  );

  test("is the registry's from when the registry knows", () => {
    const health = after("11111");
    handOver(health);
    expect(mayAsk(routed({ breaker: "open" }), health, NOW)).toBe(false);
    expect(mayAsk(routed({ breaker: "closed" }), health, NOW)).toBe(true);
  });

  test("is not opened again by requests that were under way when it opened", () => {
    const health = after("11111");
    handOver(health);
    for (let count = 0; count < 20; count += 1) recordResult(health, true, { startedAt: 4, now: 9 });
    expect(health.isOpen).toBe(false);
    for (let count = 0; count < 5; count += 1) recordResult(health, true, { startedAt: 10, now: 11 });
    expect(health.isOpen).toBe(true);
  });
});

test("a trial is exactly one request until its result must be known, whatever tables come meanwhile", () => {
  const health = healthy();
  const ask = (now: number, table = routed({ breaker: "trial" })) => {
    const may = mayAsk(table, health, now);
    if (may) takeTrial(table, health, now);
    return may;
  };
  expect([10_000, 10_000, 12_000, 15_999, 16_000, 16_001].map((now) => ask(now))).toEqual([
    true,
    false,
    false,
    false,
    true,
    false,
  ]);
  expect(mayAsk(routed({ breaker: "closed" }), health, 16_002)).toBe(true);
});
