import { expect, test } from "vitest";
import {
  composeBoolean,
  composeBytes,
  composeDurationMs,
  composeInteger,
  composeNumber,
} from "../../../../core/shadow/compose/quantities.ts";

test.each([
  ["10s", 10_000],
  ["1m30s", 90_000],
  ["1.5h", 5_400_000],
  ["250ms", 250],
  ["1us", 1],
  ["2d", 172_800_000],
  ["0", 0],
  ["10", null],
  ["-1s", null],
  ["1x", null],
  ["1s ", null],
  ["", null],
  ["9999w", null],
])("the duration %j is %j ms", (text, ms) => expect(composeDurationMs(text)).toBe(ms));

test.each([
  ["512", 512],
  ["1.5g", 1_610_612_736],
  ["64MB", 67_108_864],
  ["1GiB", 1_073_741_824],
  ["10 mb", 10_485_760],
  ["100b", 100],
  ["5Gi", null],
  ["-1", null],
  ["1e3", null],
  ["9999p", null],
  ["m", null],
])("the size %j is %j bytes", (text, bytes) => expect(composeBytes(text)).toBe(bytes));

test("numbers are numbers", () => {
  expect(["0.5", ".5", "2", "1e2", "-1", "x", ""].map(composeNumber)).toEqual([0.5, 0.5, 2, 100, null, null, null]);
  expect(["3", "03", "-3", "3.5", "1".repeat(20)].map(composeInteger)).toEqual([3, 3, null, null, null]);
  expect(["true", "Yes", "off", "0", "maybe"].map(composeBoolean)).toEqual([true, true, false, false, null]);
});
