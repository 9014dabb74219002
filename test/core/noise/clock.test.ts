import { describe, expect, test } from "vitest";
import { clockOf, epochOf, isMomentOfAnswer, type Moments } from "../../../core/noise/clock.ts";

const NOON = Date.UTC(2026, 10, 21, 12);

const DAY_END = Date.UTC(2026, 10, 21, 23, 59, 59);

test.each([
  ["2026-11-21T12:00:00Z", NOON, "isoTZ"],
  ["2026-11-21 12:00:00", NOON, "iso "],
  ["2026-11-21T12:00:00.250+00:00", NOON + 250, "isoT+00:00"],
  ["2026-11-21T14:00:00+0200", NOON, "isoT+0200"],
  ["2026-11-21T12:00:00.123456789Z", NOON + 123, "isoTZ"],
  ["2026-11-21T12:00:00,250Z", NOON + 250, "isoTZ"],
  ["2026-11-21T12:00Z", NOON, "isoTZ minutes"],
  ["2026/11/21 12:00:00", NOON, "iso/ "],
  ["2026-11-21 12:00:00 UTC", NOON, "iso UTC"],
  ["20261121T120000Z", NOON, "iso-basicZ"],
  ["2026-W47-6T12:00:00Z", NOON, "iso-weekZ"],
  ["Sat, 21 Nov 2026 12:00:00 GMT", NOON, "rfc1123"],
  ["Sat, 21 Nov 2026 13:00:00 +0100", NOON, "rfc1123+0100"],
  ["Saturday, 21-Nov-26 12:00:00 GMT", NOON, "rfc850"],
  ["Sat Nov 21 12:00:00 2026", NOON, "asctime"],
  ["Sat Nov  7 12:00:00 2026", Date.UTC(2026, 10, 7, 12), "asctime"],
  ["Sat Nov 21 2026 12:00:00 GMT+0000 (Coordinated Universal Time)", NOON, "js-date+0000"],
  ["21/Nov/2026:12:00:00 +0000", NOON, "log+0000"],
  ["11/21/2026, 12:00:00 PM", NOON, "locale-usPM"],
  ["21/11/2026 12:00:00", NOON, "locale-us"],
  ["21.11.2026, 12:00:00", NOON, "locale-eu"],
  ["Nov 21, 2026 12:00:00 PM", NOON, "locale-longPM"],
  ["November 21, 2026 at 12:00 PM", NOON, "locale-longPM"],
  ["/Date(1795262400000)/", NOON, "dotnet"],
  ["/Date(1795262400000+0100)/", NOON, "dotnet+0100"],
  ["2026-11-21", Date.UTC(2026, 10, 21), "day"],
])("%j is a time", (text, time, notation) => {
  expect(clockOf(text)).toEqual({ time, notation });
});

test.each(["12:00:00", "2026-11", "2026-13-41T12:00:00Z", "tomorrow", "", "1763726400"])("%j is no time", (text) => {
  expect(clockOf(text)).toBeNull();
});

test.each([
  ["1795262400", NOON, "epoch10"],
  ["1795262400000", NOON, "epoch13"],
  ["1795262400000000", NOON, "epoch16"],
  ["1795262400000000000", NOON, "epoch19"],
  ["1795262400.25", NOON + 250, "epoch10"],
])("%s is Unix time", (text, time, notation) => {
  const clock = epochOf(text);
  expect([clock?.time, clock?.notation]).toEqual([time, notation]);
});

test.each(["17952624", "0795262400", "9999999999", "-1795262400", "12345678901"])("%s is a number", (text) => {
  expect(epochOf(text)).toBeNull();
});

describe("two times", () => {
  const at = (seconds: number, notation = "isoTZ") => ({ time: NOON + seconds * 1_000, notation });
  const day = (of: number) => ({ time: Date.UTC(2026, 10, of), notation: "day" });
  const none: Moments = { reference: null, shadow: null };
  const dated: Moments = { reference: NOON, shadow: NOON + 60_000 };
  test.each([
    ["close together, without dates", at(0), at(299), none, true],
    ["far apart, without dates", at(0), at(301), none, false],
    ["in two notations", at(0), at(1, "iso "), none, false],
    ["at their answers", at(0), at(61), dated, true],
    ["an hour ahead of their answers", at(3_600), at(3_661), dated, true],
    ["an hour ahead of one answer", at(3_600), at(3_600), dated, false],
    ["one at its answer, one in another year", at(0), at(-40_000_000), dated, false],
    ["a minute's distance and more, kept", at(-7_200), at(-7_140), dated, true],
    ["a stored time that moves a little more than its answer", at(-7_217), at(-7_155), dated, false],
    ["a stored time that moves although the answers do not", at(-7_217), at(-7_216), { ...dated, shadow: NOON }, false],
    ["at their answers, one of which has no date", at(0), at(2), { reference: NOON, shadow: null }, true],
    ["today, on two sides of midnight", day(21), day(22), { reference: DAY_END, shadow: DAY_END + 2_000 }, true],
    ["two days, and one answer", day(21), day(22), { reference: DAY_END, shadow: DAY_END }, false],
    ["both at the same distance, years ago", at(-90_000_000), at(-89_999_940), dated, false],
  ])("%s", (...[, reference, shadow, moments, expected]) => {
    expect(isMomentOfAnswer(reference, shadow, moments)).toBe(expected);
  });
});
