/** A start that is stopped, refused or watched: nothing is left behind, and the words say what to do. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { takenPorts } from "../../infra/local/ports.ts";
import { listen } from "../servers/http.ts";
import { npmStart, type Started, stopStarts } from "./start.ts";

const LIMIT_MS = 180_000;
const UP_MS = 120_000;
const stateDir = mkdtempSync(join(tmpdir(), "start-stop-"));
afterEach(stopStarts);
afterAll(() => rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 }));

/** Processes of any kind whose command line names this test's folder. */
function leftBehind(): readonly string[] {
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8", maxBuffer: 16e6 }).split("\n");
  return lines.filter((line) => line.includes(stateDir));
}

/** The launcher behind the bootstrap, by its command line: nobody else has this start's tee port. */
function launcherOf({ ports }: Started): number {
  const line = leftBehind().find((one) => one.includes(`bin.mjs dev --tee-port ${ports.tee}`));
  return Number(line?.trim().split(" ")[0]);
}

async function expectNothingLeft({ ports }: Started): Promise<void> {
  const wanted = Object.entries(ports).map(([use, port]) => ({ port, use, flag: "" }));
  await vi.waitFor(() => expect(leftBehind()).toEqual([]), 5_000);
  expect(await takenPorts(wanted)).toEqual([]);
}

/** Waits for words; a start that ends before it says them is shown at once. */
async function says(started: Started, words: string): Promise<void> {
  const early = started.ended.then(() => "ended");
  const said = vi.waitUntil(() => started.output().includes(words), { timeout: UP_MS, interval: 100 });
  await Promise.race([early, said]);
  expect(started.output()).toContain(words);
}

describe("Ctrl-C", () => {
  const moments: Readonly<Record<string, (started: Started) => Promise<unknown>>> = {
    "as soon as something runs": () => vi.waitUntil(() => leftBehind().length > 1, { timeout: UP_MS, interval: 20 }),
    "while the Workers start": (started) => says(started, "Starting the Workers"),
    "while traffic is sent": (started) => says(started, "Running."),
  };
  test.each(Object.keys(moments))("leaves nothing behind: %s", { timeout: LIMIT_MS }, async (moment) => {
    const started = await npmStart(["--state-dir", stateDir]);
    await moments[moment]?.(started);
    started.child.kill("SIGINT");
    expect((await started.ended).code, started.output()).toBe(130);
    await expectNothingLeft(started);
  });
});

test("what a killed launcher left behind is ended by the next start, on the same ports", {
  timeout: LIMIT_MS,
}, async () => {
  const first = await npmStart(["--state-dir", stateDir]);
  await says(first, "Running.");
  process.kill(launcherOf(first), "SIGKILL");
  await first.ended;
  expect(leftBehind().join("\n")).toContain("serve.ts shop shadow");
  const { ports } = first;
  const flags = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)]);
  const next = await npmStart(["--state-dir", stateDir, ...flags]);
  await says(next, "Running.");
  for (const title of ["The Workers", "The shadow"])
    expect(next.output()).toMatch(
      new RegExp(`Process \\d+ \\(${title}\\) of an earlier start, which was killed, still ran`),
    );
  next.child.kill("SIGINT");
  await next.ended;
  await expectNothingLeft(first);
});

test("between two servers of the user's the report fills, Ctrl-C prints the summary, and nothing is left", {
  timeout: LIMIT_MS,
}, async () => {
  const prod = await listen((_, answer) =>
    answer.setHeader("content-type", "application/json").end('{"kept":1,"lost":2}'),
  );
  const shadow = await listen((_, answer) => answer.setHeader("content-type", "application/json").end('{"kept":1}'));
  const started = await npmStart(["--state-dir", stateDir, "--prod", prod.url, "--shadow", shadow.url]);
  await says(started, "Send your traffic to");
  const tee = `http://localhost:${started.ports.tee}`;
  const api = `http://127.0.0.1:${started.ports.report}`;
  // The first requests may meet a tee that does not know its table yet; the user's own traffic does so, too.
  await vi.waitFor(
    async () => {
      expect(await (await fetch(`${tee}/things`)).json()).toEqual({ kept: 1, lost: 2 });
      const { items } = (await (await fetch(`${api}/api/deployments`)).json()) as {
        items: { counts: { critical: number } }[];
      };
      expect(items[0]?.counts.critical).toBeGreaterThan(0);
    },
    { timeout: 60_000, interval: 500 },
  );
  const webhook = `http://127.0.0.1:${started.ports.webhook}`;
  expect((await fetch(`${webhook}/healthz`)).status).toBe(200);
  const headers = { "content-type": "application/json", "x-github-event": "ping", "x-github-delivery": "1" };
  const unsigned = await fetch(`${webhook}/webhook`, { method: "POST", headers, body: "{}" });
  expect(unsigned.status).toBe(401);
  const pages = await fetch(`http://localhost:${started.ports.ui}/api/deployments`);
  expect(pages.status).toBe(200);
  started.child.kill("SIGINT");
  const { code, stdout } = await started.ended;
  expect(stdout).toContain("Pull request #1 of local/servers opened");
  expect(stdout).toMatch(/Critical +GET \/things +field-removed/);
  expect(code).toBe(130);
  await expectNothingLeft(started);
  await Promise.all([prod.close(), shadow.close()]);
});

describe("a start is refused with 2", () => {
  test("when a port is taken, naming the option that changes it, before anything runs", async () => {
    const other = await listen((_, answer) => answer.end());
    const started = await npmStart(["--state-dir", stateDir, "--tee-port", String(other.port)]);
    const { code } = await started.ended;
    await other.close();
    expect(started.output()).toContain(`Port ${other.port} (the tee) is taken by another program`);
    expect(started.output()).toContain("--tee-port");
    expect(code).toBe(2);
    expect(leftBehind()).toEqual([]);
  });

  test("when an option is wrong or unknown", async () => {
    const wrong = await npmStart(["--rate", "7"]);
    expect([(await wrong.ended).code, wrong.output()]).toEqual([
      2,
      expect.stringContaining("--rate is a share from 0 to 1."),
    ]);
    const unknown = await npmStart(["--rates", "1"]);
    expect([(await unknown.ended).code, unknown.output()]).toEqual([
      2,
      expect.stringContaining("unknown option '--rates'"),
    ]);
  });
});
