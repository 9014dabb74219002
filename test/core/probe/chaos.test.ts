/** Faults as they are written, phases in figures, recovery, and what a service must not do whatever happens to it. */
import { describe, expect, it } from "vitest";
import {
  chaosFaults,
  NO_FAULTS,
  needsWorker,
  parseChaos,
  phaseFigures,
  recoveredAt,
  recoveryLimit,
} from "../../../core/probe/chaos.ts";
import type { Sample } from "../../../core/probe/sample.ts";

const good = (ms = 10): Sample => ({ ms, bytes: 10, failed: null });
const bad = (failed: Sample["failed"], more: Partial<Sample> = {}): Sample => ({ ms: 10, bytes: 0, failed, ...more });

describe("faults", () => {
  it("are read with their units", () => {
    expect(parseChaos("d1-latency=50ms,fail=0.05, cut=0.1,delay=20ms,slow=64kb,down=1.5s")).toEqual({
      d1LatencyMs: 50,
      failRate: 0.05,
      cutRate: 0.1,
      delayMs: 20,
      bytesPerS: 65_536,
      downS: 1.5,
    });
    expect(parseChaos("cut=1")).toEqual({ ...NO_FAULTS, cutRate: 1 });
  });

  it.each([
    ["", /no fault ""/],
    ["latency=50ms", /no fault "latency": d1-latency, fail/],
    ["constructor=1", /no fault "constructor"/],
    ["d1-latency=50", /d1-latency=50ms/],
    ["cut=5%", /cut=0.05/],
    ["cut=1.1", /at most 1/],
    ["cut=0", /more than 0/],
    ["cut=.", /cut=0.05/],
    ["cut=0.1,cut=0.2", /given twice/],
  ])("%j is refused", (text, words) => {
    expect(parseChaos(text)).toMatch(words);
  });

  it("of the stores need the Worker's help, those of the network do not", () => {
    expect(
      [{ failRate: 0.1 }, { d1LatencyMs: 1 }, { cutRate: 1, downS: 1 }].map((some) =>
        needsWorker({ ...NO_FAULTS, ...some }),
      ),
    ).toEqual([true, true, false]);
  });
});

it("a phase tells refusals, those with a reason, wrong answers and hanging requests apart", () => {
  const samples = [
    good(10),
    good(20),
    bad("status-503", { explained: true }),
    bad("status-500"),
    bad("reset"),
    bad("schema"),
    bad("different"),
    bad("timeout", { ms: 10_000 }),
  ];
  expect(phaseFigures("faults", "/a", samples)).toMatchObject({
    requests: 8,
    failures: 6,
    refused: 2,
    explained: 1,
    wrong: 2,
    hung: 1,
    // Of what was answered: a request that hung would only tell the time-out.
    p99: 20,
  });
});

describe("recovery", () => {
  it("begins with the first of five good answers in a row", () => {
    const samples = [good(), good(), bad("reset"), good(), good(), good(), good(), good(), bad("reset")];
    expect(recoveredAt(samples, 100)).toBe(3);
    expect(recoveredAt(samples.slice(0, 7), 100)).toBeNull();
    expect(recoveredAt([], 100)).toBeNull();
  });

  it("asks for the speed of before, with room", () => {
    expect([recoveryLimit({ p95: 5 }), recoveryLimit({ p95: 100 })]).toEqual([55, 300]);
    expect(recoveredAt([good(56), good(55), good(1), good(1), good(1), good(1)], 55)).toBe(1);
  });
});

describe("a service", () => {
  const figures = (samples: readonly Sample[]) => [phaseFigures("faults", "/a", samples)];

  it("may refuse and be cut off", () => {
    const recovered = [{ endpoint: "/a", ms: 12 }];
    expect(chaosFaults(figures([bad("status-503"), bad("reset"), bad("refused")]), recovered, 10)).toEqual([]);
  });

  it("must not answer wrongly, leave hanging or stay broken", () => {
    expect(chaosFaults(figures([bad("different"), bad("timeout")]), [{ endpoint: "/a", ms: null }], 10)).toEqual([
      "/a: 1 wrong answers (faults) where it should have refused",
      "/a: 1 requests were left hanging (faults)",
      "/a: did not recover within 10 s",
    ]);
  });
});
