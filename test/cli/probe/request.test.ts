/** What goes over the wire, seen from the server. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { probeJunit } from "../../../cli/probe/formats/junit.ts";
import { pretty } from "../../../cli/probe/formats/pretty.ts";
import { listen } from "../../servers/http.ts";
import { probed } from "./running.ts";
import { EVENTS, json, STATS } from "./servers.ts";

const folder = mkdtempSync(join(tmpdir(), "shadow-infra-probe-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("what is sent", () => {
  interface Got {
    readonly line: string;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: string;
  }

  async function recorded(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<readonly Got[]> {
    const got: Got[] = [];
    const server = await listen((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      request.on("end", () => {
        got.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
        json(response, request.url?.endsWith("stats") ? STATS : EVENTS);
      });
    });
    try {
      await probed(["--base-url", `${server.url}/base/`, "--iterations", "1", "--warm-up", "0", ...args], { env });
      return got;
    } finally {
      await server.close();
    }
  }

  it("is what the preset says, below the path of the base address", async () => {
    const [stats, events] = await recorded(["--preset", "chainiq"]);
    expect([stats?.line, stats?.body]).toEqual(["GET /base/iq/shadow/stats", ""]);
    expect([events?.line, events?.body, events?.headers["content-type"]]).toEqual([
      "POST /base/iq/shadow/events",
      '{"limit":10}',
      "application/json",
    ]);
  });

  it("has the headers of the flags and of the file, whose secrets come from the environment", async () => {
    const config = join(folder, "headers.json");
    const headers = { Authorization: "secret:PROBE_WORD", "x-a": "file" };
    writeFileSync(config, JSON.stringify({ headers, endpoints: [{ path: "/e", headers: { "X-B": "endpoint" } }] }));
    const args = ["--config", config, "--header", "X-A: flag"];
    const [got] = await recorded(args, { PROBE_WORD: "open sesame" });
    expect(got?.headers).toMatchObject({ authorization: "open sesame", "x-a": "flag", "x-b": "endpoint" });
    const report = await probed([...args, "--base-url", "http://nobody.invalid"], {
      env: { PROBE_WORD: "open sesame" },
    });
    for (const text of [JSON.stringify(report.results), pretty(report, false), probeJunit(report)])
      expect(text).not.toContain("sesame");
    await expect(probed(args)).rejects.toThrow("needs the environment variable PROBE_WORD, which is not set");
  });

  it("is every endpoint warmed up, then iterations of each", async () => {
    const got = await recorded(["--warm-up", "3", "--iterations", "4", "--concurrency", "2"]);
    const count = (line: string) => got.filter((one) => one.line === line).length;
    expect([count("GET /base/api/shadow/stats"), count("POST /base/api/shadow/events")]).toEqual([7, 7]);
  });
});

describe("an answer", () => {
  it("that is compressed counts with its compressed size, and is checked as what it stands for", async () => {
    const body = gzipSync(JSON.stringify({ ...STATS, filler: "x".repeat(100_000) }));
    const server = await listen((request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(request.url?.endsWith("stats") ? body : gzipSync(JSON.stringify(EVENTS)));
    });
    const { verdict, results } = await probed(["--base-url", server.url, "--iterations", "2"]);
    await server.close();
    expect(verdict.kind).toBe("passed");
    expect(results.endpoints["/api/shadow/stats"]?.max_size_kb).toBeCloseTo(body.length / 1_024, 5);
  });

  it("of a connection that the server closes between two requests is no failure", async () => {
    const server = await listen((request, response) => {
      json(response, request.url?.endsWith("stats") ? STATS : EVENTS);
      // Closed the moment the answer is out, although nothing was said of it.
      response.on("finish", () => setImmediate(() => request.socket.destroy()));
    });
    const { results } = await probed(["--base-url", server.url, "--iterations", "20"]);
    await server.close();
    expect(Object.values(results.endpoints).map(({ failures }) => failures)).toEqual([0, 0]);
  });

  it("may have another status where the file wants one", async () => {
    const config = join(folder, "status.json");
    const server = await listen((_, response) => json(response, {}, 404));
    const of = async (endpoint: object) => {
      writeFileSync(config, JSON.stringify({ endpoints: [{ path: "/gone", ...endpoint }] }));
      return (await probed(["--config", config, "--base-url", server.url, "--iterations", "2"])).verdict.kind;
    };
    const verdicts = [await of({}), await of({ expect_status: 404 }), await of({ expect_status: [200, 410] })];
    await server.close();
    expect(verdicts).toEqual(["failed", "passed", "failed"]);
  });
});
