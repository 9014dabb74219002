/** The knee of a load curve. */
import { describe, expect, it } from "vitest";
import { kneeOf } from "../../../core/probe/knee.ts";

/** A queue with so many servers of 10 ms each: throughput grows with concurrency up to them, then time does. */
const served = (servers: number, concurrencies: readonly number[]) =>
  concurrencies.map((concurrency) => ({
    concurrency,
    throughput: Math.min(concurrency, servers) * 100,
    meanMs: 10 * Math.max(1, concurrency / servers),
  }));

describe("the knee", () => {
  it.each([2, 4, 8])("of a service with %d workers is there", (servers) => {
    const steps = served(servers, [1, 2, 4, 8, 16]);
    expect(steps[kneeOf(steps) ?? -1]?.concurrency).toBe(servers);
  });

  it("is not seen while throughput still grows, nor in two steps", () => {
    expect(kneeOf(served(64, [1, 2, 4, 8, 16]))).toBeNull();
    expect(kneeOf(served(1, [1, 2]))).toBeNull();
  });

  it("is none of a service that never answered", () => {
    expect(kneeOf([1, 2, 4].map((concurrency) => ({ concurrency, throughput: 0, meanMs: 0 })))).toBeNull();
  });
});
