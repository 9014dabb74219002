/** A pull request's life on this machine: GitHub's stand-in, the real service, a real process; only the report is small. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { EXAMPLES } from "../../../infra/local/examples/index.ts";
import { takenPorts } from "../../../infra/local/ports.ts";
import { identityOf } from "../../../infra/local/process-identity.ts";
import { ChildFailed } from "../../../infra/local/processes.ts";
import { type Change, changeOfExample, changeOfServers } from "../../../infra/local/pull/change.ts";
import { openPull } from "../../../infra/local/pull/open.ts";
import { type LocalProvisioner, startLocalProvisioner } from "../../../infra/local/pull/provisioner.ts";
import { freePort } from "../../servers/free-port.ts";
import { listen } from "../../servers/http.ts";
import { recordingScreen } from "../recording-screen.ts";
import { type SmallReport, smallReport } from "./small-report.ts";

const SHARES = { rate: 0.5, controlShare: 1, registration: {} };
const folder = mkdtempSync(join(tmpdir(), "pull-"));
const { signal } = new AbortController();
let report: SmallReport;
const provisioners: LocalProvisioner[] = [];
beforeEach(async () => {
  report = await smallReport();
});
afterEach(async () => {
  await Promise.all(provisioners.splice(0).map((one) => one.stop()));
  await report.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

async function started(change: Change, port?: number) {
  const pids: number[] = [];
  const provisioner = await startLocalProvisioner({
    change,
    api: report.api,
    port: port ?? (await freePort()),
    pagesOrigin: null,
    stateDir: mkdtempSync(join(folder, "state-")),
    onStart: (pid) => void pids.push(pid),
  });
  provisioners.push(provisioner);
  const screen = recordingScreen();
  const opening = { change, provisioner, api: report.api, screen, signal };
  return { provisioner, pids, screen, opening };
}

const example = () => changeOfExample(EXAMPLES.shop, folder, SHARES);

test("its shadow runs, is registered and leased, and nothing of it is left after the close", async () => {
  const { opening, pids, screen, provisioner } = await started(example());
  const pull = await openPull(opening);
  expect(pull.id).toMatch(/^1-1-[0-9a-f]{12}$/);
  expect(report.leased).toContain(pull.id);
  expect(report.puts.get(pull.id)).toMatchObject({
    repository: { id: 1, fullName: "examples/shop" },
    pull: { number: 1, title: EXAMPLES.shop.pull.title, branch: EXAMPLES.shop.pull.branch },
    hosts: ["localhost", "127.0.0.1"],
    stack: { driver: "process" },
    rate: 0.5,
    controlShare: 1,
    maxRps: null,
  });
  const origin = report.puts.get(pull.id)?.shadowOrigin ?? "";
  expect(await (await fetch(`${origin}/goods/1`)).json()).not.toHaveProperty("stockLevel");
  await pull.close();
  await provisioner.settled();
  expect(report.deployments.get(pull.id)?.state).toBe("closed");
  expect(report.leased).not.toContain(pull.id);
  expect(pids.map(identityOf)).toEqual([null]);
  expect(screen.said).toEqual([
    "Pull request #1 of examples/shop opened",
    expect.stringMatching(/^Shadow ready in \d\.\d s$/),
    expect.stringMatching(/^Pull request #1 closed, its shadow is gone after \d\.\d s$/),
  ]);
});

test("the service was told by a signed webhook, and takes no other", async () => {
  const port = await freePort();
  const { opening, provisioner } = await started(example(), port);
  await openPull(opening);
  await provisioner.settled();
  expect(report.lines()).toContain("POST /api/deliveries");
  const forged = await fetch(`http://127.0.0.1:${port}/webhook`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": "1",
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    },
    body: "{}",
  });
  expect(forged.status).toBe(401);
});

test("a server of the user's is mirrored to where it is, by the deployment that GitHub names", async () => {
  const shadow = await listen((_, answer) => answer.end());
  const { opening, pids } = await started(changeOfServers({ prod: "http://127.0.0.1:1", shadow: shadow.url }, SHARES));
  const pull = await openPull(opening);
  expect(report.puts.get(pull.id)).toMatchObject({ shadowOrigin: shadow.url, stack: { driver: "url" } });
  expect(pids).toEqual([]);
  await pull.close();
  expect(report.deployments.get(pull.id)?.state).toBe("closed");
  await shadow.close();
});

test("two starts are two deployments", async () => {
  const [one, other] = [await started(example()), await started(example())];
  const ids = [(await openPull(one.opening)).id, (await openPull(other.opening)).id];
  expect(new Set(ids).size).toBe(2);
});

test("a shadow that crashes ends the start with its last words", async () => {
  const command = [process.execPath, "-e", 'console.error("no such table"); process.exit(3)'];
  const { opening } = await started({ ...example(), version: { kind: "command", command } });
  const failed = await openPull(opening).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ChildFailed);
  expect(String(failed)).toMatch(/The shadow failed: .*It ended with 3\.[\s\S]*no such table/);
});

test("an interrupt ends the wait", async () => {
  const controller = new AbortController();
  report.hang();
  const { opening } = await started(example());
  const opened = openPull({ ...opening, signal: controller.signal });
  controller.abort();
  await expect(opened).rejects.toThrow(/abort/i);
});

test("closing and stopping end although the report hangs, and so does the process", async () => {
  const { opening, pids, provisioner } = await started(example());
  const pull = await openPull(opening);
  report.hang();
  const began = Date.now();
  await pull.close();
  await provisioner.stop();
  expect(Date.now() - began).toBeLessThan(8_000);
  // It was killed: the system takes a moment to let go of it.
  await vi.waitFor(() => expect(pids.map(identityOf)).toEqual([null]));
});

test("a port that is taken is refused before anything runs", async () => {
  const other = await listen((_, answer) => answer.end());
  await expect(started(example(), other.port)).rejects.toThrow("EADDRINUSE");
  await other.close();
  expect(await takenPorts([{ port: other.port, use: "", flag: "" }])).toEqual([]);
});

test("what the service did is written down without its secrets", async () => {
  const { opening, provisioner } = await started(example());
  await openPull(opening);
  await provisioner.stop();
  const log = readFileSync(provisioner.logFile, "utf8");
  expect(log).not.toBe("");
  expect(log).not.toContain(report.api.serviceToken);
});
