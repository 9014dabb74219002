/**
 * Where a start's report Worker tells people of budgets: read, checked, handed on, and said without the secrets. Apart from the other
 * settings, because the report API that runs alone reads them too.
 */
import { type Environment, readVariable } from "./read.ts";

export interface AlertSettings {
  /** Slack's incoming webhook: the address is the secret. */
  readonly slackUrl?: string;
  /** Integration key of PagerDuty's Events API v2. */
  readonly routingKey?: string;
  /** Where PagerDuty takes events; undefined: where the report Worker's file says. */
  readonly eventsUrl?: string;
  /** The branch whose results are told; undefined: `main`. */
  readonly branch?: string;
}

export function readAlerts(env: Environment): AlertSettings {
  return {
    slackUrl: readVariable(env, "SLACK_WEBHOOK_URL"),
    routingKey: readVariable(env, "PAGERDUTY_ROUTING_KEY"),
    eventsUrl: readVariable(env, "PAGERDUTY_EVENTS_URL"),
    branch: readVariable(env, "SHADOW_INFRA_DEFAULT_BRANCH"),
  };
}

/** What the report Worker would refuse only when there is something to tell. Without the values: an address may be a secret. */
export function alertProblems({ slackUrl, eventsUrl }: AlertSettings): readonly string[] {
  const wrong = (name: string): string =>
    `${name} is no https address (http is for this machine alone). Correct it in the environment or in .env.`;
  return [
    ...(slackUrl === undefined || isUsable(slackUrl) ? [] : [wrong("SLACK_WEBHOOK_URL")]),
    ...(eventsUrl === undefined || isUsable(eventsUrl) ? [] : [wrong("PAGERDUTY_EVENTS_URL")]),
  ];
}

/** As the report Worker sends: encrypted, except to this machine (`workers/report/alerts/send.ts`). */
function isUsable(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === "https:") return true;
  return url?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
}

/** Variables of the report Worker. An empty one is a channel that is off, said so that wrangler does not miss it. */
export function alertVariables({ slackUrl, routingKey, eventsUrl, branch }: AlertSettings) {
  return {
    SLACK_WEBHOOK_URL: slackUrl ?? "",
    PAGERDUTY_ROUTING_KEY: routingKey ?? "",
    ...(eventsUrl !== undefined && { PAGERDUTY_EVENTS_URL: eventsUrl }),
    ...(branch !== undefined && { SHADOW_INFRA_DEFAULT_BRANCH: branch }),
  };
}

/** One line: whether alerts are on, and to which hosts. Slack's path and PagerDuty's key stay out of it. */
export function alertNotice({ slackUrl, routingKey, eventsUrl, branch = "main" }: AlertSettings): string {
  const channels = [
    ...(slackUrl === undefined ? [] : [`Slack (${new URL(slackUrl).host})`]),
    ...(routingKey === undefined
      ? []
      : [`PagerDuty (${eventsUrl === undefined ? "its own address" : new URL(eventsUrl).host})`]),
  ];
  if (channels.length > 0)
    return `Alerts are on: budgets of the branch ${branch} are told to ${channels.join(" and ")}.`;
  return "Alerts are off: SLACK_WEBHOOK_URL and PAGERDUTY_ROUTING_KEY turn them on (docs/trends.md).";
}
