/** The shim lets through what production would, and says so of everything else: each limit at its edge and one beyond. */
import type { RequestListener } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestHarness, type TestHarness } from "wrangler";
import { type Listening, listen } from "../servers/http.ts";
import { waitFor } from "../servers/wait-for.ts";
import { violationsOf, watchedBy, watchedConfig } from "./configs.ts";
import { LIMITS, type Measure, type Violation } from "./limits.ts";

const answer: RequestListener = (request, response) => {
  if (request.url === "/drip") response.write("x");
  else response.end("short");
};

let origin: Listening;
let harness: TestHarness;

beforeAll(async () => {
  origin = await listen(answer);
  // Under the tee's name, because its limits are the strictest.
  harness = createTestHarness({
    workers: [{ configPath: watchedConfig("tee", "test/limits/careless/wrangler.toml") }],
  });
  await harness.listen();
});

afterAll(async () => {
  await harness?.close();
  await origin?.close();
});

/** Violations that this one request has added, once `measure` has been taken for it. */
async function violationsAfter(does: string, n: number): Promise<readonly Violation[]> {
  const before = (await watchedBy(harness, "careless")).violations.length;
  const response = await harness.fetch(`/${does}?n=${n}&origin=${origin.url}`);
  await response.text();
  // Background work is measured when it is done.
  if (does === "background") await new Promise((resolve) => setTimeout(resolve, 100));
  return (await violationsOf(harness, ["careless"])).slice(before);
}

/** What the Worker is asked to do, the measure it is about, and the most of it that production allows. */
const CASES: readonly (readonly [string, Measure, number])[] = [
  ["connections", "openConnections", 6],
  ["split", "openConnections", 5],
  ["read", "subrequests", 10],
  ["bucket", "subrequests", 9],
  ["background", "waitUntilMs", 24_900],
  ["message", "messageBytes", 127_000],
  ["messages", "messageBytes", 127_000],
  ["parameters", "boundParameters", 100],
  ["row", "rowBytes", 2_000_000],
  ["objectRow", "rowBytes", 2_000_000],
  ["queries", "d1Queries", 1_000],
];

describe.each(CASES)("%s", (does, measure, most) => {
  test(`${most} of it are let through`, async () => {
    expect(await violationsAfter(does, most)).toEqual([]);
  });

  test("more is a violation that names the Worker, the measure and the value", async () => {
    const more = measure === "waitUntilMs" ? LIMITS.waitUntilMs + 100 : most + 1;
    const found = await waitFor(async () => {
      const violations = await violationsAfter(does, more);
      return violations.length > 0 ? violations : undefined;
    }, "the violation");
    expect(found[0]).toMatchObject({ worker: "tee", measure });
    expect(found[0]?.value).toBeGreaterThan(found[0]?.limit ?? Number.NaN);
    expect([...new Set(found.map((one) => one.measure))]).toEqual([measure]);
  });
});

test("a body that was read, cancelled, piped or split no longer counts as open", async () => {
  const { peaks } = await watchedBy(harness, "careless");
  expect(peaks.openConnections).toBe(7);
  expect(await violationsAfter("read", 7)).toEqual([]);
});
