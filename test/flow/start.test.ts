/** `npm start -- --exit`: both examples, from ports to summary, as a user or a machine runs it. */
import { afterEach, describe, expect, test } from "vitest";
import { EXAMPLES } from "../../infra/local/examples/index.ts";
import type { StartResult } from "../../infra/local/result.ts";
import { npmStart, stopStarts } from "./start.ts";

const LIMIT_MS = 240_000;
afterEach(stopStarts);

describe.each(Object.values(EXAMPLES))("npm start -- --exit with the $name example", (example) => {
  test("reports all eight planted regressions and no noise, with every request accounted for", {
    timeout: LIMIT_MS,
  }, async () => {
    const started = await npmStart(["--exit", "--json", "--example", example.name]);
    const { code, stdout, stderr } = await started.ended;
    expect(stdout, stderr).not.toBe("");
    // One document on standard output: anything else there would not parse.
    const result = JSON.parse(stdout) as StartResult;
    expect(result.outcome?.planted.filter((one) => !one.found).map((one) => one.id)).toEqual([]);
    expect(result.outcome?.falseAlarms.map((drift) => `${drift.route} ${drift.rule} ${drift.pattern}`)).toEqual([]);
    expect(result).toMatchObject({ schemaVersion: 1, example: example.name, result: "passed", missing: [] });
    expect(result.ledger).toMatchObject({ unexplained: 0, inFlight: 0, skipped: { credentials: 4, method: 4 } });
    expect(result.ledger.seen + result.ledger.unrouted).toBe(result.requests?.sent);
    expect(result.noise).toBeGreaterThan(100);
    expect(code, stderr).toBe(0);
  });
});
