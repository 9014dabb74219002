/** `shadow-infra replay` as a user runs it: a real process, two real servers, files and signals. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Listening, listening } from "./replay/servers.ts";

const BIN = new URL("../../cli/bin.mjs", import.meta.url).pathname;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Input {
  readonly text?: string;
  /** Interrupts the process, as Ctrl-C does, when this resolves. */
  readonly until?: Promise<unknown>;
}

async function run(args: readonly string[], { text = "", until }: Input = {}): Promise<Ran> {
  const child = spawn(process.execPath, [BIN, ...args]);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  void until?.then(() => child.kill("SIGINT"));
  child.stdin.on("error", () => {});
  child.stdin.end(text);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

describe("shadow-infra replay", () => {
  let folder = "";
  let prod: Listening;
  let shadow: Listening;
  let asked = 0;

  /** The shadow loses the price in euros; the turn differs each time. */
  const version = (isShadow: boolean) =>
    listening((request, response) => {
      asked += 1;
      const isEuro = request.url?.includes("EUR") === true;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ turn: `t${asked}`, price: isShadow && isEuro ? null : 7 }));
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "shadow-infra-replay-"));
    [prod, shadow] = [await version(false), await version(true)];
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await prod[Symbol.asyncDispose]();
    await shadow[Symbol.asyncDispose]();
  });

  const servers = (): readonly string[] => ["--prod", prod.url.href, "--shadow", shadow.url.href];
  const requests = (count: number): string =>
    Array.from({ length: count }, (_, i) =>
      JSON.stringify({ method: "GET", path: `/things/${i}?currency=${i % 5 === 0 ? "EUR" : "USD"}` }),
    ).join("\n");

  it("finds a planted regression, writes reports and pairs, and exits with what --fail-on says", async () => {
    const pairs = join(folder, "pairs.jsonl");
    const report = join(folder, "drifts.md");
    const flags = ["--rate", "0", "--pairs", pairs, "--output", `markdown=${report}`, "--fail-on", "critical"];
    const { code, stdout, stderr } = await run(["replay", "-", ...servers(), ...flags], { text: requests(100) });
    const verdicts = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).verdict);
    expect([code, verdicts.length, verdicts.filter((verdict) => verdict === "Critical").length]).toEqual([1, 100, 20]);
    expect(verdicts.filter((verdict) => verdict === "Safe")).toHaveLength(80);
    expect(stderr).toContain("100 requests sent");
    expect(readFileSync(report, "utf8")).toMatch(/^\*\*Critical: 1 regression; 20 of 100 pairs.*currency=EUR/s);
    const again = await run(["compare", pairs, "--learn"]);
    expect(again.stdout).toBe(stdout);
  });

  it("sends the requests of a HAR file to production's host, and says what it left out", async () => {
    const file = join(folder, "traffic.har");
    const entry = (method: string, url: string) => ({
      request: { method, url, headers: [{ name: "Cookie", value: "a=b" }] },
    });
    const origin = prod.url.origin;
    const entries = [
      entry("GET", `${origin}/things/1`),
      entry("POST", `${origin}/things`),
      entry("GET", "https://cdn.example/app.js"),
      entry("GET", "data:text/plain,1"),
      {},
    ];
    writeFileSync(file, `\uFEFF${JSON.stringify({ log: { version: "1.2", entries } }, null, 2)}`);
    const { code, stdout, stderr } = await run(["replay", file, ...servers()]);
    expect([code, stdout.trim().split("\n").length]).toEqual([3, 1]);
    for (const words of [
      "entry 5: request",
      "1 request left out: would change something",
      "1 request left out: went to other hosts",
      "1 request left out: are no http requests",
      "1 header with recorded credentials left out",
    ])
      expect(stderr).toContain(words);
  });

  it("judges what was sent when it is interrupted, and exits with 130", async () => {
    const started = asked;
    const until = vi.waitUntil(() => asked >= started + 40, { timeout: 30_000, interval: 20 });
    const flags = ["--rate", "40", "--format", "json"];
    const { code, stdout, stderr } = await run(["replay", "-", ...servers(), ...flags], {
      text: requests(2_000),
      until,
    });
    const { pairs, summary } = JSON.parse(stdout);
    expect(code).toBe(130);
    expect(pairs.length).toBeGreaterThan(9);
    expect(pairs.length).toBeLessThan(200);
    expect(summary.judged).toBe(pairs.length);
    expect(stderr).toContain(`${pairs.length} requests sent`);
  });

  it.each([
    [
      "a file that is not there",
      ["absent.jsonl", "--prod", "http://127.0.0.1:9", "--shadow", "http://127.0.0.1:9"],
      3,
      /^Cannot read absent\.jsonl/,
    ],
    ["an address that is none", ["-", "--prod", "shop", "--shadow", "http://127.0.0.1:9"], 2, /Expected an address/],
    [
      "credentials in an address",
      ["-", "--prod", "http://a:b@127.0.0.1:9", "--shadow", "http://127.0.0.1:9"],
      2,
      /--header/,
    ],
    [
      "a rate that is none",
      ["-", "--prod", "http://127.0.0.1:9", "--shadow", "http://127.0.0.1:9", "--rate", "fast"],
      2,
      /Expected a number/,
    ],
  ])("says what is wrong with %s", async (_, args, code, words) => {
    const ran = await run(["replay", ...args]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(words);
  });

  it("says in one sentence that production cannot be reached, and that a HAR file has no entries", async () => {
    const dead = ["--prod", "http://127.0.0.1:9", "--shadow", shadow.url.href];
    const { code, stderr, stdout } = await run(["replay", "-", ...dead], { text: requests(50) });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /Production at http:\/\/127\.0\.0\.1:9 cannot be reached \(refused\), so there is nothing to compare\./,
    );
    const empty = await run(["replay", "-", ...servers()], { text: '{"log": {}}' });
    expect([empty.code, empty.stderr]).toEqual([3, expect.stringContaining("log.entries is missing")]);
  });
});
