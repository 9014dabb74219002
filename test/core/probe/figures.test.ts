/** What counts into times, sizes and failures. */
import { describe, expect, it } from "vitest";
import { measured } from "../../../core/probe/figures.ts";
import { ProbedEndpointSchema } from "../../../core/wire/api/probes.ts";
import { bad, good, times } from "./samples.ts";

describe("figures of an endpoint", () => {
  it("are the nearest ranks, the mean size in units of 1,024 bytes, and the failures", () => {
    const { figures, timed } = measured(
      "GET",
      times(200, (n) => good(n + 1, n < 100 ? 512 : 1_536)),
    );
    expect(figures).toEqual({
      p50: 100,
      p95: 190,
      p99: 198,
      avg_size_kb: 1,
      failures: 0,
      failure_rate: 0,
      method: "GET",
      requests: 200,
      max_ms: 200,
      max_size_kb: 1.5,
    });
    expect([timed, ProbedEndpointSchema.safeParse(figures).success]).toEqual([200, true]);
  });

  it("do not look better for errors that come quickly", () => {
    const { figures } = measured("GET", [...times(50, () => good(90)), ...times(50, () => bad("status-500", 0.5, 10))]);
    expect([figures.p50, figures.failure_rate, figures.avg_size_kb]).toEqual([90, 0.5, 1]);
  });

  it("count a time-out with the time that it took at least", () => {
    const { figures } = measured("GET", [...times(9, () => good(5)), bad("timeout", 10_000)]);
    expect([figures.p50, figures.p95, figures.failures]).toEqual([5, 10_000, 1]);
  });

  it("count an answer against the schema as a failure, and measure it all the same", () => {
    const { figures } = measured("POST", [{ ms: 7, bytes: 2_048, failed: "schema" }]);
    expect([figures.p95, figures.avg_size_kb, figures.failure_rate]).toEqual([7, 2, 1]);
  });

  it("count what was not sent as failed, and not as requests; an answer cut off has its size and no time", () => {
    const all = [bad("too-large", 9_000, 52_428_801), ...times(3, () => bad("not-sent", 0))];
    const { figures, timed, sized } = measured("GET", all);
    expect(figures.failure_reasons).toEqual({ "not-sent": 3, "too-large": 1 });
    expect([figures.requests, figures.failures, timed, sized, figures.p99]).toEqual([1, 4, 0, 1, 0]);
    expect(figures.avg_size_kb).toBeGreaterThan(51_200);
  });

  it("are zeros of nothing where nothing was sent", () => {
    const { figures, timed, sized } = measured("GET", []);
    expect([figures.p50, figures.avg_size_kb, figures.failure_rate, timed, sized]).toEqual([0, 0, 0, 0, 0]);
  });
});
