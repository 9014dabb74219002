/** Every message is valid gzip, compressed or not: who reads it cannot tell and need not. */
import { describe, expect, test } from "vitest";
import { gzipped } from "../../../../workers/tee/send/gzip.ts";

async function inflated(bytes: Uint8Array): Promise<string> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

describe("a message comes back as it was", () => {
  test.each([0, 1, 300, 16_383, 16_384, 16_385, 65_535, 65_536, 300_000])("of %i characters", async (length) => {
    const text = "0123456789 äöü €".repeat(Math.ceil(length / 16)).slice(0, length);
    expect(await inflated(gzipped(text))).toBe(text);
  });
});

test("a small one is only wrapped, a larger one is compressed", () => {
  expect(gzipped("a".repeat(16_384)).byteLength).toBe(16_384 + 23);
  expect(gzipped("a".repeat(16_385)).byteLength).toBeLessThan(1_000);
});

test("the border is drawn in bytes, not in characters", () => {
  expect(gzipped("€".repeat(6_000)).byteLength).toBeLessThan(1_000);
});
