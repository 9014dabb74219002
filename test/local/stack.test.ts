/** The real Workers of a start: they answer, a death among them is noticed and named, and stopping leaves nothing. */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { takenPorts } from "../../infra/local/ports.ts";
import { ChildFailed, type Command } from "../../infra/local/processes.ts";
import { newReportApi } from "../../infra/local/report-api.ts";
import { type DevSettings, readDevSettings } from "../../infra/local/settings/dev.ts";
import { type Ends, killStack, nothingRunning, startStack, startTracked, stopStack } from "../../infra/local/stack.ts";
import { freePort } from "../servers/free-port.ts";
import { listen } from "../servers/http.ts";
import { waitFor } from "../servers/wait-for.ts";
import { results } from "../workers/report/probe-results.ts";
import { startPagerDuty, startSlack, type ThirdParty } from "../workers/report/third-parties.ts";
import { recordingScreen } from "./recording-screen.ts";

const folder = mkdtempSync(join(tmpdir(), "stack-"));
const records = join(folder, "starts");
mkdirSync(records);
let ends: Ends = nothingRunning(records);
afterEach(async () => {
  await stopStack(ends);
  ends = nothingRunning(records);
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

async function settingsOf(env: Readonly<Record<string, string>>): Promise<DevSettings> {
  const [teePort, webhookPort, reportPort] = [await freePort(), await freePort(), await freePort()];
  const read = readDevSettings({ teePort, webhookPort, reportPort, ui: false }, env);
  if (!read.ok) throw new Error(read.problems.join());
  return read.value;
}

/** A run over its budget, sent as CI sends it; what both third parties then took. */
async function toldOf(origin: string, token: string, parties: readonly ThirdParty[]): Promise<readonly unknown[]> {
  const answer = await fetch(`${origin}/api/probes`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(results({ ago: 1_000, p95: 120 })),
  });
  expect(answer.status, await answer.text()).toBe(201);
  const all = async () =>
    parties.every(({ taken }) => taken.length > 0) ? parties.flatMap(({ taken }) => taken) : undefined;
  return waitFor(all, "both messages");
}

const waiting = (title: string): Command => ({
  title,
  program: process.execPath,
  args: ["-e", "setInterval(() => {}, 1000)"],
  cwd: folder,
  env: process.env,
  logFile: join(folder, "waiting.log"),
});

test("everything answers; alerts reach who was named; the end of one process is noticed and named; then nothing is left", async () => {
  const prod = await listen((_, answer) => answer.end("of production"));
  const [slack, pagerDuty] = await Promise.all([startSlack(), startPagerDuty()]);
  const settings = await settingsOf({
    SLACK_WEBHOOK_URL: `${slack.url}/services/a`,
    PAGERDUTY_ROUTING_KEY: randomBytes(16).toString("hex"),
    PAGERDUTY_EVENTS_URL: pagerDuty.url,
  });
  const { tee, report } = settings.ports;
  const screen = recordingScreen();
  const api = newReportApi(report);
  const stateDir = join(folder, "state");
  const stack = await startStack({ settings, prodUrl: prod.url, api, stateDir, screen }, ends);
  expect(screen.said).toEqual([expect.stringMatching(/^Migrations: done in /), "Starting the Workers"]);
  expect(await (await fetch(`http://127.0.0.1:${tee}/`)).text()).toBe("of production");
  expect((await fetch(`${stack.api.origin}/api/deployments`)).status).toBe(200);
  expect(readdirSync(records)).toEqual([`${process.pid}.json`]);
  const told = await toldOf(stack.api.origin, api.serviceToken, [slack, pagerDuty]);
  expect(told).toMatchObject([{ text: "shop (acme/shop): 1 budget exceeded" }, { event_action: "trigger" }]);

  ends.running.find(({ command }) => command.title === "The Workers")?.child.kill("SIGKILL");
  await expect(stack.broken).rejects.toThrow(/^The Workers ended because of a signal/);
  await stopStack(ends);
  const ports = [tee, report].map((port) => ({ port, use: "", flag: "" }));
  expect(await takenPorts(ports)).toEqual([]);
  expect(readdirSync(records)).toEqual([]);
  await Promise.all([prod, slack, pagerDuty].map((server) => server.close()));
}, 120_000);

describe("once everything is being stopped", () => {
  test.each([
    ["stopped", stopStack],
    ["killed", (all: Ends) => Promise.resolve(killStack(all))],
  ])("nothing is started any more (%s), and what ran has ended", async (how, end) => {
    const running = startTracked(ends, waiting("The first"));
    const heard: string[] = [];
    ends.others.push({ stop: async () => void heard.push("stopped"), kill: () => void heard.push("killed") });
    await end(ends);
    expect(heard).toEqual([how]);
    await running.ended;
    expect(() => startTracked(ends, waiting("The second"))).toThrow(ChildFailed);
    expect(readdirSync(records)).toEqual([]);
  });
});
