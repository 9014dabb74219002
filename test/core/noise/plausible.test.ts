import { expect, test } from "vitest";
import { isPlausible } from "../../../core/noise/plausible.ts";

test.each([
  [1, 2, true],
  [5, 0, true],
  [5, -1, false],
  [-5, -1, true],
  [1795262400, 1795262460, true],
  [1795262400, 0, false],
  [1795262400, 1795262400000, false],
  ["a", "b", true],
  ["2026-11-21T12:00:00Z", "2026-11-21T18:00:00Z", true],
  ["2026-11-21T12:00:00Z", "1970-01-01T00:00:00Z", false],
  ["2026-11-21T12:00:00Z", "soon", false],
  ["2026-11-21T12:00:00Z", "2026-11-21 12:00:00", false],
  ["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10", "f3a1c2d4-1b2c-4d3e-8f9a-7b6c5d4e3f21", true],
  ["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10", "none", false],
  [true, false, true],
])("%j that moves anyway may become %j: %s", (reference, shadow, expected) => {
  const values = { reference: JSON.stringify(reference), shadow: JSON.stringify(shadow) };
  expect(isPlausible({ part: "body", kind: "value", path: "$.a", pattern: "$.a", ...values })).toBe(expected);
});
