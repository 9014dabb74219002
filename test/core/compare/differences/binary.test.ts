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

it("names format and size", () => {
  const [found] = binaryDifferences("iVBORw0KGgo=", "/w==");
  expect([found?.reference, found?.shadow]).toEqual([
    expect.stringMatching(/^"png, 8 bytes, content [0-9a-f]+"$/),
    expect.stringMatching(/^"binary, 1 bytes, content [0-9a-f]+"$/),
  ]);
});

it("tells contents of equal size apart", () => {
  const [found] = binaryDifferences("/wAB", "/wAC");
  expect(found?.reference).not.toBe(found?.shadow);
});
