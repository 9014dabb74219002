/** `shadow-infra budgets suggest`: the history in-process from files and from an API, and the command as a user runs it. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTargets } from "../../cli/budgets/files.ts";
import { type HistoryOptions, readHistory } from "../../cli/budgets/history.ts";
import type { ProbeOrigin } from "../../core/wire/api/probes.ts";
import { type ReportApi, startReportApi } from "../standins/report-api.ts";

const BIN = new URL("../../cli/bin.mjs", import.meta.url).pathname;

let api: ReportApi;
const folders: string[] = [];
beforeAll(async () => {
  api = await startReportApi();
});
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  await api.close();
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "budgets-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Results of one run, as the probe writes them. */
function results(day: number, p95: number, origin: ProbeOrigin = { service: "shop", branch: "main" }): string {
  const figures = { p50: 10, p95, p99: 2 * p95, avg_size_kb: 9.3, failures: 0, failure_rate: 0 };
  const timestamp = `2026-11-${String(day).padStart(2, "0")}T06:00:00Z`;
  return JSON.stringify({
    timestamp,
    base_url: "http://127.0.0.1",
    iterations: 200,
    endpoints: { "/a": figures },
    origin,
  });
}

const TEN = Object.fromEntries(
  Array.from({ length: 10 }, (_, day) => [`runs/${day}.json`, results(day + 1, 30 + day)]),
);

function history(own: Partial<HistoryOptions>) {
  return readHistory({ files: [], runs: 50, token: undefined, ...own });
}

/** The p95 of each run, or the failure. */
async function p95s(own: Partial<HistoryOptions>) {
  const got = await history(own);
  return "message" in got ? got : got.figures.map(({ figures }) => figures.p95);
}

describe("the history of results files", () => {
  const paths = (folder: string, names: readonly string[]) => names.map((name) => join(folder, name));

  test("is in the order of time, the newest runs only, each run once", async () => {
    const folder = folderWith({ "b.json": results(2, 20), "a.json": results(3, 30), "c.json": results(1, 10) });
    const files = paths(folder, ["b.json", "a.json", "c.json", "a.json"]);
    expect(await p95s({ files })).toEqual([10, 20, 30]);
    expect(await p95s({ files, runs: 2 })).toEqual([20, 30]);
  });

  test("leaves pull requests out unless their branch is asked for", async () => {
    const pull = { service: "shop", branch: "feature", pull: 7 };
    const folder = folderWith({ "main.json": results(1, 10), "pull.json": results(2, 900, pull) });
    const files = paths(folder, ["main.json", "pull.json"]);
    expect(await p95s({ files })).toEqual([10]);
    expect(await p95s({ files, branch: "feature" })).toEqual([900]);
  });

  test("is of one service", async () => {
    const folder = folderWith({ "a.json": results(1, 10), "b.json": results(2, 20, { service: "edge" }) });
    const files = paths(folder, ["a.json", "b.json"]);
    expect(await p95s({ files, service: "edge" })).toEqual([20]);
    expect(await p95s({ files })).toEqual({
      message: "The history is of several services: edge, shop. Choose one with --service.",
      exit: 2,
    });
  });

  test.each([
    ["{", /^Cannot read .*bad\.json: /],
    ["{}", /bad\.json holds no results of shadow-infra probe \(timestamp: /],
  ])("says which file is none: %j", async (text, message) => {
    const files = paths(folderWith({ "bad.json": text }), ["bad.json"]);
    expect(await p95s({ files })).toEqual({ message: expect.stringMatching(message), exit: 2 });
  });
});

describe("the history of the report API", () => {
  test("is of one service, and of the default branch unless another is named", async () => {
    const from = new URL(`${api.url}/`);
    expect(await history({ from })).toMatchObject({ exit: 2, message: expect.stringContaining("edge, shop") });
    const got = await history({ from, service: "shop" });
    expect(got).toMatchObject({ source: `${api.url}/api/trends, the default branch` });
    expect(await p95s({ from, service: "shop" })).toHaveLength(44);
    expect(await p95s({ from, service: "shop", runs: 10 })).toHaveLength(20);
    expect(await p95s({ from, service: "shop", branch: "develop" })).toEqual([]);
  });

  test("says what is wrong with an API that refuses, answers otherwise, or does not answer", async () => {
    const from = new URL(api.url);
    const messageIn = async (mode: Parameters<ReportApi["setMode"]>[0]) => {
      api.setMode(mode);
      const got = await history({ from });
      return "message" in got ? `${got.exit} ${got.message}` : "";
    };
    const at = `3 ${api.url}/api/trends`;
    expect(await messageIn("no-authentication")).toBe(`${at} answered 503.`);
    expect(await messageIn("other-form")).toBe(`${at} does not answer like a report API of this version.`);
    expect(await messageIn("gone")).toContain(`${at} cannot be reached: `);
    api.setMode("data");
  });
});

async function run(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, "budgets", "suggest", ...args], { cwd, env: { PATH: process.env.PATH } });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

describe("the files that say budgets", () => {
  const pathsIn = (files: Readonly<Record<string, string>>) => {
    const found = readTargets([], folderWith(files));
    return "message" in found ? found : found.map(({ path }) => path);
  };
  const SAID = '{ "budgets": { "p95_ms": 75 } }';

  test("are those that a team has after `init ci`", () => {
    const files = {
      ".shadow-infra/probe.json": SAID,
      ".shadow-infra/governance.json": '{ "version": 1, "rules": [] }',
    };
    expect(pathsIn(files)).toEqual([".shadow-infra/probe.json", ".shadow-infra/governance.json"]);
  });

  test("are of each kind the first", () => {
    expect(pathsIn({ "probe.json": SAID, ".shadow-infra/probe.json": SAID })).toEqual(["probe.json"]);
  });
});

describe("the command", () => {
  const PROJECT = "version: 1\nbudgets:\n  p95_ms: 75 # agreed with the shop team\n  p99_ms: 70\n";

  test("writes lower budgets in place, says why, and raises nothing by itself", async () => {
    const folder = folderWith({ ...TEN, ".shadow-infra.yml": PROJECT });
    const { code, stdout } = await run(folder, ...Object.keys(TEN), "--write");
    expect(stdout).toContain(
      "~ .shadow-infra.yml:3 p95_ms: 75 ms -> 47 ms (highest of 10 runs and more: 39 ms, /a; times 1.2)",
    );
    expect(stdout).toContain("= .shadow-infra.yml:4 p99_ms: stays 70 ms; its history asks for 94 ms");
    expect(stdout).toContain("Nothing is raised without --allow-raise.\nWrote .shadow-infra.yml.");
    expect(readFileSync(join(folder, ".shadow-infra.yml"), "utf8")).toBe(
      "version: 1\nbudgets:\n  p95_ms: 47 # agreed with the shop team\n  p99_ms: 70\n  size_kb: 12\n  failure_rate: 0.02\n",
    );
    expect(code).toBe(0);
  });

  test("shows a raise as a diff, with the approval it will need, and leaves the file alone", async () => {
    const folder = folderWith({
      ".shadow-infra.yml": "budgets: { p95_ms: 50, p99_ms: 99, size_kb: 14, failure_rate: 0.08 }\n",
    });
    const { code, stdout, stderr } = await run(
      folder,
      "--from",
      api.url,
      "--service",
      "shop",
      "--allow-raise",
      "--format",
      "diff",
    );
    expect(stdout).toBe(
      "--- a/.shadow-infra.yml\n+++ b/.shadow-infra.yml\n@@ -1,1 +1,1 @@\n" +
        "-budgets: { p95_ms: 50, p99_ms: 99, size_kb: 14, failure_rate: 0.08 }\n" +
        "+budgets: { p95_ms: 78, p99_ms: 109, size_kb: 14, failure_rate: 0.08 }\n",
    );
    expect(stderr).toContain("A raised budget needs an approval");
    expect(code).toBe(0);
  });

  test("says with exit code 3 that there is too little history", async () => {
    const { code, stdout, stderr } = await run(folderWith(TEN), ...Object.keys(TEN).slice(1));
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(
      "Too little history to propose a budget: 10 runs of each endpoint are needed, 9 of /a is there",
    );
  });
});
