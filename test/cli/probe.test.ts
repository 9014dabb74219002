/** `shadow-infra probe` as a user runs it: a real process, a real server, files and signals. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProbeResultsSchema } from "../../core/wire/api/probes.ts";
import { freePort } from "../servers/free-port.ts";
import { type Listening, listen } from "../servers/http.ts";
import { waitFor } from "../servers/wait-for.ts";
import { EVENTS, json, STATS } from "./probe/servers.ts";

const BIN = new URL("../../cli/bin.mjs", import.meta.url).pathname;

/** A machine that is busy with other tests makes every server slow. */
const PATIENT = ["--p95-threshold", "60000", "--p99-threshold", "60000"];

describe("shadow-infra probe", () => {
  let folder = "";
  let server: Listening;
  let asked = 0;
  let delayMs = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "shadow-infra-probe-"));
    server = await listen((request, response) => {
      asked += 1;
      request.resume();
      setTimeout(() => json(response, request.url?.endsWith("stats") ? STATS : EVENTS), delayMs);
    });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** Where nobody says it, results go into this folder, which stands for the system's temporary one. */
  async function run(args: readonly string[], until?: Promise<unknown>) {
    const env = { ...process.env, TMPDIR: folder, NO_COLOR: "1", GITHUB_EVENT_PATH: "" };
    const child = spawn(process.execPath, [BIN, "probe", ...args], { env, cwd: folder });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    void until?.then(() => child.kill("SIGINT"));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, stdout, stderr };
  }

  it("breaks only what it is told to, and says what is wrong with a fault", async () => {
    const before = asked;
    const { code, stdout, stderr } = await run(["--base-url", server.url, "--chaos", "cut=5%"]);
    expect([code, stdout, asked]).toEqual([2, "", before]);
    expect(stderr).toMatch(/^cut takes a value such as cut=0\.05/);
  });

  it("passes a service of the other preset's shape, and writes results, JUnit and a table", async () => {
    const junit = join(folder, "deep/probe.xml");
    const args = ["--preset", "chainiq", "--base-url", server.url, "--iterations", "20", "--junit", junit, ...PATIENT];
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout.includes("Passed: all 8 budgets held."), stdout.includes("max of 20")]).toEqual([
      0,
      true,
      true,
    ]);
    const path = join(folder, "shadow_probe_results.json");
    expect(stderr).toBe(`/iq/shadow/stats: 20 requests\n/iq/shadow/events: 20 requests\nResults: ${path}\n`);
    const results = ProbeResultsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    expect([results.base_url, results.iterations, Object.keys(results.endpoints)]).toEqual([
      server.url,
      20,
      ["/iq/shadow/stats", "/iq/shadow/events"],
    ]);
    expect(readFileSync(junit, "utf8")).toMatch(/^<\?xml .*tests="8" failures="0"/s);
  });

  it("ends with 1 where a budget does not hold, and with 130 when it is interrupted; both write their results", async () => {
    delayMs = 20;
    asked = 0;
    const output = join(folder, "results.json");
    const flags = ["--base-url", server.url, "--output", output, "--format", "json", "--p95-threshold", "5"];
    const failed = await run([...flags, "--iterations", "5", "--warm-up", "1"]);
    expect([failed.code, JSON.parse(failed.stdout), JSON.parse(failed.stdout).passed]).toEqual([
      1,
      JSON.parse(readFileSync(output, "utf8")),
      false,
    ]);
    asked = 0;
    const busy = waitFor(() => Promise.resolve(asked > 20 ? true : undefined), "twenty requests");
    const interrupted = await run(flags, busy);
    expect([interrupted.code, JSON.parse(readFileSync(output, "utf8")).interrupted]).toEqual([130, true]);
  });

  it("ends with 3 and one sentence where nobody is there; the results say so too", async () => {
    const output = join(folder, "none.json");
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stdout } = await run(["--base-url", url, "--output", output]);
    expect([code, stdout.trimEnd().split("\n")]).toEqual([3, [expect.stringContaining(`${url} cannot be reached, `)]]);
    expect(JSON.parse(readFileSync(output, "utf8"))).toMatchObject({ passed: false, base_url: url });
  });

  it("ends with 2 and a sentence for wrong usage", async () => {
    const { code, stderr } = await run(["--max-failure-rate", "5"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/Expected a share from 0 to 1, or 0% to 100%/)]);
  });
});
