/** Alerts in the real runtime: what Slack and PagerDuty get for runs of CI, each thing once. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { waitFor } from "../../servers/wait-for.ts";
import { type Given, PATH, results } from "./probe-results.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { startPagerDuty, startSlack, type ThirdParty } from "./third-parties.ts";

const ROUTING_KEY = randomBytes(16).toString("hex");
const HOURLY = "17 * * * *";
const WEEKLY = "0 8 * * MON";

let slack: ThirdParty;
let pagerDuty: ThirdParty;
let report: ReportWorker;

beforeAll(async () => {
  [slack, pagerDuty] = await Promise.all([startSlack(), startPagerDuty()]);
  report = await startReportWorker({
    vars: { PAGERDUTY_EVENTS_URL: pagerDuty.url },
    secrets: { SLACK_WEBHOOK_URL: `${slack.url}/services/a`, PAGERDUTY_ROUTING_KEY: ROUTING_KEY },
  });
});
afterAll(() => Promise.all([report.close(), slack.close(), pagerDuty.close()]));

beforeEach(async () => {
  for (const table of ["probe_runs", "probe_alerts", "alert_messages"])
    await report.env.DB.prepare(`DELETE FROM ${table}`).run();
  for (const party of [slack, pagerDuty]) {
    party.taken.length = 0;
    party.troubles.length = 0;
  }
});

/** Posts a run, and waits until all is told that it is told. */
async function run(given: Given): Promise<void> {
  const response = await report.service("POST", "/api/probes", results(given));
  expect(response.status, await response.text()).toBe(201);
  await settled();
}

/**
 * The schedule does again what each run does after its answer, and waits for it. Then nothing is left but what the run itself is still
 * sending: that has no error yet.
 */
async function settled(): Promise<void> {
  await report.scheduled(HOURLY);
  const isSending = ({ attempts, error }: Waiting) => attempts > 0 && error === null;
  await waitFor(async () => ((await waiting()).some(isSending) ? undefined : true), "the end of all sending");
}

interface Waiting {
  readonly attempts: number;
  readonly error: string | null;
}

async function waiting(): Promise<readonly Waiting[]> {
  const sql = "SELECT attempts, error FROM alert_messages WHERE state = 'waiting'";
  return (await report.env.DB.prepare(sql).all<Waiting>()).results;
}

const headers = () => slack.taken.map(({ text }) => text);
const events = () =>
  // Checked against the schema by the stand-in.
  pagerDuty.taken.map((body) => {
    const { event_action, dedup_key, payload } = body as {
      readonly event_action: string;
      readonly dedup_key: string;
      readonly payload?: { readonly severity: string; readonly class: string };
    };
    return { event_action, dedup_key, severity: payload?.severity, class: payload?.class };
  });

test("80 % of a budget is told to Slack once and pages nobody, and is told again only after it went well below", async () => {
  await run({ ago: 9_000, p95: 79 });
  expect(headers()).toEqual([]);
  await run({ ago: 8_000, p95: 80 });
  await run({ ago: 7_000, p95: 85 });
  await run({ ago: 6_000, p95: 78 });
  await run({ ago: 5_000, p95: 81 });
  expect(headers()).toEqual(["shop (acme/shop): a budget is nearly used up"]);
  await run({ ago: 4_000, p95: 60 });
  await run({ ago: 3_000, p95: 81 });
  expect(headers()).toHaveLength(2);
  expect(events()).toEqual([]);
});

test("a breach is told and paged, its repetition raises the page, and the end of both resolves it", async () => {
  await run({ ago: 9_000, p95: 100 });
  await run({ ago: 8_000, p95: 120 });
  await run({ ago: 7_000, p95: 130 });
  await run({ ago: 6_000, p95: 50 });
  await run({ ago: 5_000, p95: 51 });
  expect(headers()).toEqual([
    "shop (acme/shop): 1 budget exceeded",
    "shop (acme/shop): 1 budget exceeded",
    "shop (acme/shop): 1 budget holds again",
  ]);
  const [first, ...rest] = events();
  expect(first).toMatchObject({ event_action: "trigger", severity: "error", class: "p95_ms" });
  expect(rest).toMatchObject([
    { event_action: "trigger", severity: "critical", dedup_key: first?.dedup_key },
    { event_action: "resolve", dedup_key: first?.dedup_key },
  ]);
});

test("a run is told of by itself, without waiting for the schedule", async () => {
  await report.service("POST", "/api/probes", results({ ago: 1_000, p95: 120 }));
  const both = async () => (slack.taken.length > 0 && pagerDuty.taken.length > 0 ? events() : undefined);
  expect(await waitFor(both, "both messages")).toMatchObject([{ event_action: "trigger" }]);
});

test("pull requests and other branches are told to nobody, whatever they call themselves", async () => {
  await run({ ago: 9_000, p95: 500, origin: { pull: 12, branch: "main" } });
  await run({ ago: 8_000, p95: 500, origin: { branch: "develop" } });
  await run({ ago: 7_000, p95: 500, origin: { branch: undefined } });
  expect([headers(), events()]).toEqual([[], []]);
});

test("a run that is older than what was told, or was sent before, changes nothing", async () => {
  await run({ ago: 5_000, p95: 50 });
  await run({ ago: 9_000, p95: 500 });
  expect([headers(), events()]).toEqual([[], []]);
  const breach = results({ ago: 1_000, p95: 500 });
  const statuses = await Promise.all([1, 2, 3, 4].map(() => report.service("POST", "/api/probes", breach)));
  await settled();
  expect(statuses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
  // p95 and p99, each once.
  expect(headers()).toHaveLength(1);
  expect(events().map((event) => event.class)).toEqual(["p95_ms", "p99_ms"]);
});

test("of many runs that arrive at once each breach is triggered once and resolved once", async () => {
  const posts = Array.from({ length: 12 }, (_, n) =>
    report.service("POST", "/api/probes", results({ ago: 60_000 - n * 1_000, p95: 120 })),
  );
  await Promise.all(posts);
  await settled();
  await run({ ago: 1_000, p95: 50 });
  const actions = events().map(({ event_action, severity }) => `${event_action} ${severity ?? ""}`.trim());
  // How many of the runs the first settling saw decides whether it told of a breach first.
  expect(actions.filter((action) => action === "resolve")).toHaveLength(1);
  expect(actions.at(-1)).toBe("resolve");
  expect(actions.filter((action) => action === "trigger critical")).toHaveLength(1);
  expect(actions.filter((action) => action === "trigger error").length).toBeLessThanOrEqual(1);
});

test("what a third party could not take is sent by the schedule, in order, and what it refuses is given up", async () => {
  slack.troubles.push(503);
  pagerDuty.troubles.push(429);
  await run({ ago: 9_000, p95: 120 });
  expect([headers(), events()]).toEqual([[], []]);
  expect(await waiting()).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  await run({ ago: 8_000, p95: 50 });
  expect(await waiting()).toHaveLength(4);
  await report.env.DB.prepare("UPDATE alert_messages SET next_at = 0").run();
  await report.scheduled(HOURLY);
  expect(events().map(({ event_action }) => event_action)).toEqual(["trigger", "resolve"]);
  expect(headers()).toEqual(["shop (acme/shop): 1 budget exceeded", "shop (acme/shop): 1 budget holds again"]);
  slack.troubles.push(404);
  await run({ ago: 7_000, p95: 120, figures: { p99: 130 } });
  const { results: rows } = await report.env.DB.prepare(
    "SELECT state, error FROM alert_messages WHERE state = 'given-up'",
  ).all();
  expect(rows).toEqual([{ state: "given-up", error: "404 trouble" }]);
});

test("names from CI bring no markup and no mentions, and no secret is stored", async () => {
  const branch = { repository: "acme/shop", service: "<!channel> & *bold* `code`", branch: "main" };
  await run({ ago: 9_000, p95: 120, endpoint: "/<http://evil.example|click>`*x*`", origin: branch });
  const text = JSON.stringify(slack.taken);
  expect(text).toContain("&lt;!channel&gt; &amp;");
  expect(text).toContain("`/&lt;http://evil.example|click&gt;'*x*'`");
  expect(text).not.toMatch(/<[!h@#]/);
  const stored = JSON.stringify(await report.env.DB.prepare("SELECT * FROM alert_messages").all());
  expect(stored).not.toContain(ROUTING_KEY);
  expect(stored).not.toContain(slack.url);
});

test("the week is summed up once, with services that were not probed in it", async () => {
  const day = 24 * 3_600_000;
  await run({ ago: 20 * day, p95: 50, origin: { service: "old" } });
  for (const n of [3, 2, 1]) await run({ ago: n * day, p95: n === 3 ? 100 : 60 });
  slack.taken.length = 0;
  await report.scheduled(WEEKLY);
  await report.scheduled(WEEKLY);
  expect(headers()).toEqual(["Performance budgets: the week"]);
  const text = JSON.stringify(slack.taken[0]);
  expect(text).toContain("3 runs, 66 % passed");
  expect(text).toContain(`most used: \`${PATH}\` p95 60 ms of 100 ms (60 %)`);
  expect(text).toContain("no run this week");
});
