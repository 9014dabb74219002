/** The header that asks for faults of the stores, and the draws behind them. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { drawOf, formatFaults, MAX_FAULT_LATENCY_MS, parseFaults } from "../../../core/wire/faults.ts";

const FAULTS = fc.record({
  d1LatencyMs: fc.integer({ min: 0, max: MAX_FAULT_LATENCY_MS }),
  failRate: fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000),
  seed: fc.nat({ max: 2 ** 32 - 1 }),
});

it("what is written is read again", () => {
  fc.assert(
    fc.property(FAULTS, (faults) => {
      expect(parseFaults(formatFaults(faults))).toEqual(faults);
    }),
  );
});

it.each([
  null,
  "",
  "d1-latency=50",
  "d1-latency=10001;fail=0;seed=1",
  "d1-latency=1;fail=1.5;seed=1",
  "d1-latency=-1;fail=0;seed=1",
  "d1-latency=1;fail=0;seed=1;drop=1",
  "fail=0;d1-latency=1;seed=1",
])("%j asks for nothing", (text) => {
  expect(parseFaults(text)).toBeNull();
});

it("draws are even, whatever the seed, and neighbouring seeds and numbers have nothing in common", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 32 - 1 }), (seed) => {
      const draws = Array.from({ length: 2_000 }, (_, n) => drawOf(seed, n));
      expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      // Six standard errors of 2,000 draws.
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.04);
      const firsts = Array.from({ length: 2_000 }, (_, n) => drawOf((seed + n) >>> 0, 1));
      const below = firsts.filter((draw) => draw < 0.05).length;
      expect(below > 40 && below < 165).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it("the same seed and number are the same draw", () => {
  expect(drawOf(7, 3)).toBe(drawOf(7, 3));
  expect(drawOf(7, 3)).not.toBe(drawOf(7, 4));
});
