/** `npm start -- --exit` of one example, from ports to summary, as a user or a machine runs it. */
import { afterEach, describe, expect, test } from "vitest";
import type { Example } from "../../infra/local/examples/example.ts";
import type { StartResult } from "../../infra/local/result.ts";
import { npmStart, stopStarts } from "./start.ts";

const LIMIT_MS = 240_000;

/** Its test, for the file of its example: a whole start is half a minute, so only one of them runs with `npm test`. */
export function testStartOf(example: Example): void {
  afterEach(stopStarts);
  describe(`npm start -- --exit with the ${example.name} example`, () => {
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
}
