/** Which place decides what: flags, environment, `probe.json`, the repository's configuration, the preset. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { planOf } from "../../../cli/probe/choices.ts";
import type { Plan } from "../../../cli/probe/plan.ts";
import { UsageError } from "../../../cli/probe/usage.ts";
import { optionsOf } from "./running.ts";

const root = mkdtempSync(join(tmpdir(), "shadow-infra-choices-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;

/** The plan in a folder with these files. */
function plan(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Plan {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return planOf(optionsOf(args), env, folder);
}

const refusal = (...args: Parameters<typeof plan>): string => {
  try {
    plan(...args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "";
};

describe("without anything said", () => {
  it("the preset of this project is probed with the default budgets", () => {
    const { baseUrl, endpoints, iterations, warmUp, concurrency, timeoutMs, healthPath, origin } = plan([]);
    expect([baseUrl.href, iterations, warmUp, concurrency, timeoutMs, healthPath, origin]).toEqual([
      "http://localhost:8001/",
      200,
      5,
      1,
      10_000,
      "/healthz",
      { service: "shadow-infra" },
    ]);
    expect(endpoints.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/shadow/stats",
      "POST /api/shadow/events",
    ]);
    expect(endpoints[0]?.budgets).toEqual({ p95_ms: 75, p99_ms: 120, size_kb: 25, failure_rate: 0.05 });
    expect(endpoints[0]?.budgetsFrom).toEqual({});
  });

  it("the other preset has its own address, health and endpoints", () => {
    const { baseUrl, endpoints, healthPath } = plan(["--preset", "chainiq"]);
    expect([baseUrl.href, healthPath, endpoints.map(({ path }) => path)]).toEqual([
      "http://localhost:8000/",
      "/health",
      ["/iq/shadow/stats", "/iq/shadow/events"],
    ]);
  });
});

describe("a budget", () => {
  const files = {
    "probe.json": JSON.stringify({
      budgets: { p95_ms: 30, p99_ms: 30, size_kb: 30, failure_rate: 0.3 },
      endpoints: [{ path: "/a", budgets: { size_kb: 40 } }, { path: "/b" }],
    }),
    ".shadow-infra.yml": "budgets: { p95_ms: 10, p99_ms: 10, size_kb: 10, failure_rate: 0.1 }\n",
  };
  const env = { SHADOW_P95_MS: "20", SHADOW_P99_MS: "21" };

  it("is of the flag before the environment, of that before probe.json, of an endpoint before the whole file", () => {
    const { endpoints } = plan(["--config", "probe.json", "--p95-threshold", "50"], files, env);
    expect(endpoints.map(({ budgets }) => budgets)).toEqual([
      { p95_ms: 50, p99_ms: 21, size_kb: 40, failure_rate: 0.3 },
      { p95_ms: 50, p99_ms: 21, size_kb: 30, failure_rate: 0.3 },
    ]);
    expect(endpoints[0]?.budgetsFrom).toEqual({
      p95_ms: "--p95-threshold",
      p99_ms: "SHADOW_P99_MS",
      size_kb: "probe.json, GET /a",
      failure_rate: "probe.json",
    });
  });

  it("is of the repository's configuration where nothing else says it", () => {
    const { endpoints } = plan([], files, { SHADOW_MAX_SIZE_KB: "22" });
    expect(endpoints[1]?.budgets).toEqual({ p95_ms: 10, p99_ms: 10, size_kb: 22, failure_rate: 0.1 });
    expect(endpoints[1]?.budgetsFrom.p95_ms).toBe(".shadow-infra.yml");
  });

  it.each(["abc", "-1", "0x10", "NaN", "75ms"])("is refused by name when the environment says %j", (text) => {
    expect(refusal([], {}, { SHADOW_P95_MS: text })).toBe(
      `SHADOW_P95_MS is "${text}"; write a number of 0 or more, such as 75.`,
    );
  });

  it("is not taken from an empty variable", () => {
    expect(plan([], {}, { SHADOW_P95_MS: "" }).endpoints[0]?.budgets.p95_ms).toBe(75);
  });

  it("is refused where the repository's configuration is wrong: it would silently not hold", () => {
    expect(refusal([], { ".shadow-infra.yml": "budgets: { p95: 10 }\n" })).toMatch(
      /^\.shadow-infra\.yml:1 budgets\.p95: .*p95_ms/,
    );
  });
});

describe("probe.json", () => {
  it("that is not there, or wrong, is told in a sentence with its line", () => {
    expect(refusal(["--config", "none.json"])).toMatch(/^Cannot read none\.json: ENOENT/);
    expect(refusal(["--config", "p.json"], { "p.json": '{\n  "iteration": 5\n}' })).toBe(
      'p.json:2:3 iteration: Unknown key "iteration". Did you mean "iterations"?',
    );
  });

  it("may name a schema's file beside it, which has to be one", () => {
    const config = JSON.stringify({ endpoints: [{ path: "/a", schema: "a.schema.json" }] });
    const { endpoints } = plan(["--config", "p.json"], { "p.json": config, "a.schema.json": '{"type": "array"}' });
    expect(endpoints[0]?.check?.(Buffer.from("{}"))).toMatchObject({ failed: "schema" });
    expect(refusal(["--config", "p.json"], { "p.json": config })).toMatch(
      /schema of GET \/a cannot be read from a\.schema\.json/,
    );
    expect(refusal(["--config", "p.json"], { "p.json": config, "a.schema.json": "[1" })).toMatch(/cannot be read/);
    expect(refusal(["--config", "p.json"], { "p.json": config, "a.schema.json": "7" })).toMatch(
      /neither an object nor a boolean/,
    );
  });

  it("is refused where a schema refers to nothing", () => {
    const config = JSON.stringify({ endpoints: [{ path: "/a", schema: { $ref: "#/$defs/none" } }] });
    expect(refusal(["--config", "p.json"], { "p.json": config })).toMatch(/^The schema of GET \/a cannot be used: /);
  });

  it("stands behind the flags, and before the preset", () => {
    const files = {
      "p.json": JSON.stringify({ preset: "chainiq", iterations: 7, concurrency: 3, base_url: "http://h:1" }),
    };
    const made = plan(["--config", "p.json", "--iterations", "9"], files);
    expect([made.iterations, made.concurrency, made.baseUrl.host, made.endpoints[0]?.path]).toEqual([
      9,
      3,
      "h:1",
      "/iq/shadow/stats",
    ]);
  });
});

it("a secret of the environment that no header can carry is refused before anything is sent, without its value", () => {
  const files = { "probe.json": JSON.stringify({ headers: { authorization: "secret:PROBE_TOKEN" } }) };
  const words = refusal(["--config", "probe.json"], files, { PROBE_TOKEN: "made-up\n" });
  expect(words).toMatch(
    /^The header authorization cannot carry the environment variable PROBE_TOKEN: it holds a line break/,
  );
  expect(words).not.toContain("made-up");
});
