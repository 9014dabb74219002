/** What PagerDuty is sent, against the documented form. */
import { expect, test } from "vitest";
import type { Change } from "../../../../core/trends/alerts.ts";
import { pagerDutyEvent } from "../../../../core/trends/messages/pagerduty.ts";
import type { RunFacts } from "../../../../core/trends/messages/run.ts";
import { faults, PAGERDUTY_SCHEMA } from "../../../workers/report/third-parties.ts";

const facts: RunFacts = {
  repository: "acme/shop",
  service: "shop",
  region: "eu",
  branch: "main",
  commit: "c1",
  at: "2026-11-20T12:00:00.000Z",
  url: null,
};
const change: Change = {
  endpoint: "/a",
  budget: "p99_ms",
  from: "holds",
  to: "breach",
  measured: { value: 150, threshold: 120 },
};
const withKey = (event: object) => ({ routing_key: "r".repeat(32), ...event });

test("a breach triggers an error, its repetition something critical under the same key", () => {
  const event = pagerDutyEvent(facts, change, "a key");
  expect(event).toMatchObject({
    event_action: "trigger",
    dedup_key: "a key",
    payload: {
      summary: "shop (acme/shop, eu): /a p99 150 ms of 120 ms",
      severity: "error",
      source: "shop",
      class: "p99_ms",
    },
  });
  expect(faults(PAGERDUTY_SCHEMA, withKey(event))).toEqual([]);
  const again = pagerDutyEvent(facts, { ...change, from: "breach", to: "repeated" }, "a key");
  expect(again).toMatchObject({ dedup_key: "a key", payload: { severity: "critical" } });
});

test("the end resolves it, also where most of the budget is still used", () => {
  for (const to of ["holds", "warning"] as const) {
    const event = pagerDutyEvent(facts, { ...change, from: "repeated", to }, "a key");
    expect(event).toEqual({ event_action: "resolve", dedup_key: "a key" });
    expect(faults(PAGERDUTY_SCHEMA, withKey(event))).toEqual([]);
  }
});

test("long names are cut to PagerDuty's limits", () => {
  const event = pagerDutyEvent(
    { ...facts, service: "x".repeat(2_000) },
    { ...change, endpoint: "😀".repeat(900) },
    "a key",
  );
  expect(faults(PAGERDUTY_SCHEMA, withKey(event))).toEqual([]);
  expect(event.payload?.component.isWellFormed()).toBe(true);
});

test("the form itself refuses what PagerDuty would: no key, no payload to trigger with, an unknown severity", () => {
  const event = pagerDutyEvent(facts, change, "a key");
  expect(faults(PAGERDUTY_SCHEMA, event)).not.toEqual([]);
  expect(faults(PAGERDUTY_SCHEMA, withKey({ ...event, payload: undefined }))).not.toEqual([]);
  expect(faults(PAGERDUTY_SCHEMA, withKey({ ...event, payload: { ...event.payload, severity: "high" } }))).not.toEqual(
    [],
  );
});
