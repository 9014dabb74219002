/**
 * Events for PagerDuty's Events API v2, without the routing key, which is added when they are sent. One alert per service, endpoint and
 * budget: its key stays the same from the first breach to the end. https://developer.pagerduty.com/docs/send-alert-event
 */
import { type Change, isOver } from "../alerts.ts";
import { measuredText, type RunFacts, serviceText, shortened } from "./run.ts";

/** Characters, by the reference of the Events API. */
const SUMMARY_MOST = 1_024;
const SOURCE_MOST = 255;

export interface PagerDutyEvent {
  readonly event_action: "trigger" | "resolve";
  readonly dedup_key: string;
  readonly payload?: {
    readonly summary: string;
    readonly source: string;
    readonly severity: "error" | "critical";
    readonly timestamp: string;
    readonly component: string;
    readonly class: string;
    readonly custom_details: Readonly<Record<string, string | number>>;
  };
  readonly links?: readonly { readonly href: string; readonly text: string }[];
  readonly client?: string;
}

/** `key`: at most 255 characters, the same for every change of this service, endpoint and budget. */
export function pagerDutyEvent(facts: RunFacts, change: Change, key: string): PagerDutyEvent {
  if (!isOver(change.to)) return { event_action: "resolve", dedup_key: key };
  const { endpoint, budget, measured, to } = change;
  const times = to === "repeated" ? " twice in a row" : "";
  return {
    event_action: "trigger",
    dedup_key: key,
    client: "Shadow Infra",
    payload: {
      summary: shortened(`${serviceText(facts)}: ${endpoint} ${measuredText(budget, measured)}${times}`, SUMMARY_MOST),
      source: shortened(facts.service, SOURCE_MOST),
      // A single run over its budget may be a slow machine: a service can be set to page for `critical` only.
      severity: to === "repeated" ? "critical" : "error",
      timestamp: facts.at,
      component: shortened(endpoint, SOURCE_MOST),
      class: budget,
      custom_details: { ...measured, repository: facts.repository, branch: facts.branch, commit: facts.commit },
    },
    links: facts.url === null ? [] : [{ href: facts.url, text: "The run" }],
  };
}
