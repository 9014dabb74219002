import { describe, expect, it } from "vitest";
import { absolute, ago } from "../../../pages/src/words/times.ts";

describe("times", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");

  it.each([
    ["2026-11-21T12:00:30Z", "just now"],
    ["2026-11-21T11:59:48Z", "12 s ago"],
    ["2026-11-21T11:57:00Z", "3 min ago"],
    ["2026-11-21T07:00:00Z", "5 h ago"],
    ["2026-11-19T12:00:00Z", "2 d ago"],
  ])("%s is %s", (time, words) => {
    expect(ago(time, now)).toBe(words);
  });

  it("shows a time it cannot read as it came", () => {
    expect([ago("soon", now), absolute("soon")]).toEqual(["soon", "soon"]);
  });
});
