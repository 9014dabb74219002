/** What `test/cli/budgets.test.ts` does not ask of the history: the token and advice of the report API, and whose files count. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readHistory } from "../../../cli/budgets/history.ts";
import type { ProbeOrigin } from "../../../core/wire/api/probes.ts";
import { listen } from "../../servers/http.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** An API that answers so, and what it was asked. */
async function apiWith(status: number, body: string) {
  const asked: (string | undefined)[] = [];
  const { url, close } = await listen((request, response) => {
    asked.push(request.url, request.headers.authorization);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  ends.push(close);
  return { from: new URL(url), asked };
}

test.each([
  [401, "answered 401. Set SHADOW_INFRA_SERVICE_TOKEN to its service token."],
  [404, "answered 404. Is it the address of the report API, without a path?"],
])("says what to do where the API answers %i", async (status, words) => {
  const { from } = await apiWith(status, "{}");
  const got = await readHistory({ from, files: [], runs: 5, token: undefined });
  expect(got).toEqual({ exit: 3, message: `${from.href}api/trends ${words}` });
});

test("asks for what was chosen, with the token", async () => {
  const { from, asked } = await apiWith(200, JSON.stringify({ items: [], branches: [], regions: [] }));
  const got = await readHistory({ from, files: [], service: "shop", branch: "next", runs: 5, token: "only-here" });
  expect(got).toEqual({ figures: [], source: `${from.href}api/trends, branch next` });
  expect(asked).toEqual(["/api/trends?service=shop&branch=next&runs=5", "Bearer only-here"]);
});

function filesOf(...origins: readonly (ProbeOrigin | undefined)[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "history-"));
  ends.push(() => rmSync(folder, { recursive: true }));
  const figures = { p50: 1, p95: 2, p99: 3, avg_size_kb: 1, failures: 0, failure_rate: 0 };
  return origins.map((origin, day) => {
    const path = join(folder, `${day}.json`);
    const timestamp = `2026-11-0${day + 1}T06:00:00Z`;
    const run = { timestamp, base_url: "http://127.0.0.1", iterations: 9, endpoints: { "/a": figures }, origin };
    writeFileSync(path, JSON.stringify(run));
    return path;
  });
}

test("counts files of every branch, and of none, where no branch is chosen", async () => {
  const files = filesOf({ branch: "main" }, { branch: "next" }, undefined);
  expect(await readHistory({ files, runs: 5, token: undefined })).toMatchObject({ source: "3 of 3 results files" });
  const next = await readHistory({ files, branch: "next", runs: 5, token: undefined });
  expect(next).toMatchObject({ source: "1 of 3 results files" });
});

test("is of one repository", async () => {
  const files = filesOf({ repository: "acme/shop" }, {});
  expect(await readHistory({ files, runs: 5, token: undefined })).toEqual({
    exit: 2,
    message: "The history is of several repositories: (unnamed), acme/shop. Choose one with --repository.",
  });
});
