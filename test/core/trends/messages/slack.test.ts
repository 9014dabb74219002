/** What Slack is sent: within its limits, and harmless whatever CI calls its things. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../../../../core/trends/alerts.ts";
import type { RunFacts } from "../../../../core/trends/messages/run.ts";
import { slackAlert } from "../../../../core/trends/messages/slack.ts";
import { faults, SLACK_SCHEMA } from "../../../workers/report/third-parties.ts";

const facts: RunFacts = {
  repository: "acme/shop",
  service: "shop",
  region: "",
  branch: "main",
  commit: "0123456789abcdef",
  at: "2026-11-20T12:00:00.000Z",
  url: "https://ci.example/runs/1?a=b&c=d",
};
const breach: Change = {
  endpoint: "/api/shadow/stats",
  budget: "p95_ms",
  from: "holds",
  to: "breach",
  measured: { value: 91.234, threshold: 75 },
};

test("what holds again is counted, because other budgets may still be exceeded", () => {
  const again: Change = { ...breach, from: "breach", to: "holds" };
  expect(slackAlert(facts, [again]).text).toBe("shop (acme/shop): 1 budget holds again");
  expect(slackAlert(facts, [again, { ...again, budget: "p99_ms" }]).text).toBe(
    "shop (acme/shop): 2 budgets hold again",
  );
});

test("a breach in words", () => {
  expect(slackAlert(facts, [breach])).toEqual({
    text: "shop (acme/shop): 1 budget exceeded",
    blocks: [
      { type: "header", text: { type: "plain_text", text: "shop (acme/shop): 1 budget exceeded" } },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          text: "`/api/shadow/stats` p95 91.2 ms of 75 ms: :red_circle: over the budget",
          verbatim: true,
        },
      },
      {
        type: "context",
        elements: [
          {
            type: "mrkdwn",
            text: "`main` · `0123456789ab` · 2026-11-20T12:00:00.000Z · <https://ci.example/runs/1?a=b&amp;c=d|run>",
            verbatim: true,
          },
        ],
      },
    ],
  });
});

test("shares and sizes have their units, and an endpoint that is gone says so", () => {
  const text = JSON.stringify(
    slackAlert(facts, [
      { ...breach, budget: "failure_rate", measured: { value: 0.071, threshold: 0.05 } },
      { ...breach, budget: "size_kb", measured: { value: 30, threshold: 25 } },
      { ...breach, from: "breach", to: "holds", measured: null },
    ]),
  );
  expect(text).toContain("failure rate 7.1 % of 5 %");
  expect(text).toContain("mean size 30 KB of 25 KB");
  expect(text).toContain("p95 is no longer probed: :white_check_mark:");
});

test("a hundred lines are as many as fit, and the number of the others", () => {
  const message = slackAlert(
    facts,
    Array.from({ length: 100 }, () => ({ ...breach, endpoint: "<&>".repeat(40) })),
  );
  expect(faults(SLACK_SCHEMA, message)).toEqual([]);
  expect(JSON.stringify(message)).toMatch(/and \d\d more/);
});

/** Slack's control sequences begin with an angle bracket; the only one of ours is the link to the run. */
const CONTROL = /<(?!https:\/\/ci\.example\/|http:\/\/)/;

test("whatever the names hold, the message is of Slack's form and holds no control sequence of theirs", () => {
  const text = fc.string({
    unit: fc.constantFrom("<", ">", "&", "`", "*", "_", "\n", "!", "|", "a", "😀", "\ud800"),
    maxLength: 300,
  });
  fc.assert(
    fc.property(text, text, text, (service, endpoint, branch) => {
      const named = { ...facts, service: service === "" ? "x" : service, branch };
      const message = slackAlert(named, [{ ...breach, endpoint }]);
      expect(faults(SLACK_SCHEMA, message)).toEqual([]);
      expect(JSON.stringify(message)).not.toMatch(CONTROL);
      const section = message.blocks[1];
      // All of the endpoint stands between the first two backticks.
      if (section?.type === "section") expect(section.text.text.split("`").length).toBeLessThanOrEqual(3);
    }),
    { numRuns: 200 },
  );
});
