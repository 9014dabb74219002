/** The report Worker's settings with the optional ones, which `wrangler types` cannot know. */

export type Env = ReportEnv & {
  /** Secret: JSON object of headers that the gateway in front of shadow and base asks for. */
  readonly SHADOW_INFRA_SERVICE_HEADERS?: string;
  /** Secret: Slack's incoming webhook. Without it nothing is sent to Slack. */
  readonly SLACK_WEBHOOK_URL?: string;
  /** Secret: integration key of PagerDuty's Events API v2. Without it nobody is paged. */
  readonly PAGERDUTY_ROUTING_KEY?: string;
  /** `1`: writes each statement to the log, in local mode only. */
  readonly SHADOW_INFRA_NOTE_STATEMENTS?: string;
};
