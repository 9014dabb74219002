import { expect, it, test } from "vitest";
import { binaryDifferences } from "../../../../core/compare/differences/binary.ts";

it("finds nothing in equal bytes", () => {
  expect(binaryDifferences("/wA=", "/wA=")).toEqual([]);
});

test.each([
  ["iVBORw0KGgoAAA==", "iVBORw0KGgoAAB==", "value"],
  ["iVBORw0KGgoAAA==", "/9j/4AAQSkZJRg==", "type"],
  ["JVBERi0xLjc=", "/wAB", "type"],
  ["/wAB", "/wAC", "value"],
])("%s against %s is a difference of %s", (reference, shadow, kind) => {
  expect(binaryDifferences(reference, shadow).map((found) => found.kind)).toEqual([kind]);
});

it("names format, size and the first byte that differs", () => {
  const [found] = binaryDifferences("iVBORw0KGgoAAAA=", "iVBORw0KGgoAAQ==");
  expect([found?.reference, found?.shadow]).toEqual([
    '"png, 11 bytes, from byte 9: 00 00"',
    '"png, 10 bytes, from byte 9: 01"',
  ]);
});

it("names what is left where one ends earlier", () => {
  const [found] = binaryDifferences("/wABAgM=", "/wAB");
  expect([found?.reference, found?.shadow]).toEqual([
    '"binary, 5 bytes, from byte 3: 02 03"',
    '"binary, 3 bytes, from byte 3: nothing"',
  ]);
});

test.each([
  ["UklGRiQBAgNXRUJQVlA4IA==", "webp"],
  ["AAAAIGZ0eXBpc29t", "mp4"],
  ["d09GMgAB", "woff2"],
])("%s is %s", (body, format) => {
  expect(binaryDifferences(body, "/w==")[0]?.reference).toContain(format);
});
