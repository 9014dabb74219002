/** Presets: what their schemas take and refuse, and that our own answers fit them. */
import { Validator } from "@cfworker/json-schema";
import { describe, expect, it } from "vitest";
import { PRESETS, type PresetName } from "../../../core/probe/presets.ts";
import {
  type ShadowEvents,
  ShadowEventsSchema,
  type ShadowStats,
  ShadowStatsSchema,
} from "../../../core/wire/api/shadow.ts";

const fits = (preset: PresetName, index: 0 | 1, answer: unknown): boolean =>
  // A preset's schema is a constant; the validator takes it as one that it may not change either.
  new Validator(JSON.parse(JSON.stringify(PRESETS[preset].endpoints[index].schema)), "2020-12").validate(answer).valid;

const STATS: ShadowStats = ShadowStatsSchema.parse({
  model_version: "1.0.0+rules",
  p50: 12,
  p95: 40.5,
  p99: 90,
  count: 3,
  drift: {
    avg_delta: -1.5,
    max_delta: 20,
    corridors: [{ corridor: "GET /a", count: 3, avg_delta: -1.5, max_delta: 20 }],
  },
  nextCursor: null,
});
const EVENT = { corridor: "GET /a", timestamp: "2026-01-02T03:04:05Z", delta: -2 };
const EVENTS: ShadowEvents = ShadowEventsSchema.parse({
  model_version: "1.0.0",
  events: [{ ...EVENT, id: "p1", deployment: "d1", failed: null }],
  nextCursor: null,
});

describe.each(["shadow-infra", "chainiq"] as const)("the preset %s", (preset) => {
  it("takes what our own contract promises, and more fields than it asks for", () => {
    expect(fits(preset, 0, STATS)).toBe(true);
    expect(fits(preset, 1, EVENTS)).toBe(true);
    expect(fits(preset, 1, { events: [{ ...EVENT, score: 0.2 }], total: 1 })).toBe(true);
    expect(fits(preset, 1, { events: [] })).toBe(true);
  });

  it.each(["model_version", "p50", "p95", "p99", "count", "drift"])("refuses statistics without %s", (field) => {
    const rest: Record<string, unknown> = { ...STATS };
    delete rest[field];
    expect(fits(preset, 0, rest)).toBe(false);
  });

  it.each(["avg_delta", "max_delta", "corridors"])("refuses drift without %s", (field) => {
    const drift: Record<string, unknown> = { ...STATS.drift };
    delete drift[field];
    expect(fits(preset, 0, { ...STATS, drift })).toBe(false);
  });

  it.each(["corridor", "timestamp", "delta"])("refuses an event without %s, in any place of the list", (field) => {
    const event: Record<string, unknown> = { ...EVENT };
    delete event[field];
    expect(fits(preset, 1, { events: [EVENT, event] })).toBe(false);
  });

  it("refuses numbers as texts, an empty model_version, and events that are no list", () => {
    expect(fits(preset, 0, { ...STATS, p95: "40" })).toBe(false);
    expect(fits(preset, 0, { ...STATS, model_version: "" })).toBe(false);
    expect(fits(preset, 1, { events: {} })).toBe(false);
    expect(fits(preset, 0, [STATS])).toBe(false);
  });
});

it("drift beside the other figures is taken by chainiq alone", () => {
  const { drift, ...rest } = STATS;
  expect(fits("chainiq", 0, { ...rest, ...drift })).toBe(true);
  expect(fits("shadow-infra", 0, { ...rest, ...drift })).toBe(false);
});
