/** Where a start tells people of budgets: what is handed on, what is refused, and that no secret is said. */
import { expect, test } from "vitest";
import { alertNotice, alertProblems, alertVariables, readAlerts } from "../../../infra/local/settings/alerts.ts";
import { readDevSettings } from "../../../infra/local/settings/dev.ts";

const SECRET = "made-up";
const SLACK = `https://hooks.slack.test/services/${SECRET}`;

test("without settings nobody is told, and the variables say so", () => {
  const alerts = readAlerts({});
  expect(alertVariables(alerts)).toEqual({ SLACK_WEBHOOK_URL: "", PAGERDUTY_ROUTING_KEY: "" });
  expect(alertNotice(alerts)).toMatch(/^Alerts are off: .*docs\/trends\.md/);
});

test("each channel that is set is handed on, and named by its host alone", () => {
  const env = {
    SLACK_WEBHOOK_URL: SLACK,
    PAGERDUTY_ROUTING_KEY: SECRET,
    PAGERDUTY_EVENTS_URL: "http://127.0.0.1:9/v2/enqueue",
    SHADOW_INFRA_DEFAULT_BRANCH: "develop",
  };
  const alerts = readAlerts(env);
  expect(alertVariables(alerts)).toEqual(env);
  expect(alertNotice(alerts)).toBe(
    "Alerts are on: budgets of the branch develop are told to Slack (hooks.slack.test) and PagerDuty (127.0.0.1:9).",
  );
});

test.each([
  [{ SLACK_WEBHOOK_URL: SLACK }, "told to Slack (hooks.slack.test)."],
  [{ PAGERDUTY_ROUTING_KEY: SECRET }, "told to PagerDuty (its own address)."],
])("one channel alone is on: %o", (env, words) => {
  const notice = alertNotice(readAlerts(env));
  expect(notice).toContain(words);
  expect(notice).not.toContain(SECRET);
});

test.each(["http://hooks.slack.test/services/", "hooks.slack.test/services/", "ftp://127.0.0.1/"])(
  "an address that would send a secret in the clear, or nowhere, is refused without being repeated: %s",
  (address) => {
    const read = readDevSettings({}, { SLACK_WEBHOOK_URL: address + SECRET });
    const problems = read.ok ? [] : read.problems;
    expect(problems).toEqual([expect.stringContaining("SLACK_WEBHOOK_URL is no https address")]);
    expect(problems.join()).not.toContain(SECRET);
    expect(alertProblems(readAlerts({ PAGERDUTY_EVENTS_URL: address })).join()).toContain("PAGERDUTY_EVENTS_URL");
  },
);
