import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pair } from "../../../../core/pair/pair.ts";
import { structuralCheck } from "../../../../core/verdict/structural.ts";
import { observationOf } from "../../../../workers/tee/capture/answer.ts";
import { isEqualAnswer } from "../../../../workers/tee/mirror/equality.ts";
import { type SeenParts, seen } from "./seen.ts";

const equal = (one: SeenParts, other: SeenParts) => isEqualAnswer(seen(one), seen(other));

describe("two answers are equal", () => {
  test("with the same status, bytes and headers", () => {
    expect(equal({}, {})).toBe(true);
    expect(equal({ body: "" }, { body: "" })).toBe(true);
  });

  test("whatever their clocks, request ids, machines and stamps say", () => {
    const one = { date: "a", "x-request-id": "1", server: "x", etag: "1", "x-shadow-infra-deployment": "7-1-a" };
    expect(equal({ headers: one }, { headers: { date: "b", "content-encoding": "gzip" } })).toBe(true);
  });
});

test.each([
  ["another status", { status: 201 }],
  ["another byte", { body: '{"a":2}' }],
  ["one byte more", { body: '{"a":1} ' }],
  ["a cut body", { truncated: true }],
  ["another announced length", { bodyBytes: undefined }],
  ["another header value", { headers: { "cache-control": "no-store" } }],
  ["another content type", { headers: { "content-type": "text/plain" } }],
  ["a cookie", { headers: { "set-cookie": "a=1" } }],
])("%s makes two answers different", (_, other) => {
  expect(equal({}, other)).toBe(false);
  expect(equal(other, {})).toBe(false);
});

test("the order of cookies counts", () => {
  const [one, other] = [seen(), seen()];
  for (const cookie of ["a=1", "b=2"]) one.headers.append("set-cookie", cookie);
  for (const cookie of ["b=2", "a=1"]) other.headers.append("set-cookie", cookie);
  expect(isEqualAnswer(one, other)).toBe(false);
});

test("it never says equal where the comparison says different", () => {
  const value = fc.constantFrom("a", "b", "a, b", "A", "");
  const name = fc.constantFrom(
    "vary",
    "date",
    "x-thing",
    "location",
    "set-cookie",
    "x-cache",
    "etag",
    "link",
    "x-powered-by",
  );
  const side = fc.record({
    status: fc.constantFrom(200, 404),
    body: fc.constantFrom("", "{}", "x"),
    headers: fc.dictionary(name, value, { maxKeys: 3 }),
  });
  fc.assert(
    fc.property(side, side, (one, other) => {
      const [prod, shadow] = [seen(one), seen(other)];
      if (!isEqualAnswer(prod, shadow)) return;
      const request = { method: "GET", path: "/", headers: {}, body: null };
      const pair: Pair = { id: "1", request, prod: observationOf(prod), shadow: observationOf(shadow) };
      const start = {
        pair,
        route: "GET /",
        credentials: "none",
        equal: false,
        slow: false,
        settled: false,
        findings: [],
      };
      // The first stage reads no more of a case than this.
      const checked = structuralCheck(
        start as unknown as Parameters<typeof structuralCheck>[0],
        { learnedNoise: {}, slow: 0, pairs: 0 } as unknown as Parameters<typeof structuralCheck>[1],
      );
      expect(checked.equal).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
