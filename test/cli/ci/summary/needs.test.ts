/** How jobs ended, as GitHub tells it: what is no such text, results of tomorrow, and the verdict in words. */
import { describe, expect, test } from "vitest";
import { passed, readNeeds, verdictOf } from "../../../../cli/ci/summary/needs.ts";

const read = (results: Readonly<Record<string, string>>) =>
  readNeeds(JSON.stringify(Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result }])))) ??
  expect.fail("no needs");

describe("readNeeds", () => {
  test("keeps the order of the jobs, with or without outputs", () => {
    const text = '{"b":{"result":"success","outputs":{"x":"1"}},"a":{"result":"skipped"}}';
    expect(readNeeds(text)).toEqual([
      { job: "b", result: "success" },
      { job: "a", result: "skipped" },
    ]);
  });

  test.each(["", "{", "{}", "[]", "null", '{"a":{}}', '{"a":{"result":1}}'])("is null for %j", (text) => {
    expect(readNeeds(text)).toBeNull();
  });
});

describe("the verdict", () => {
  test.each([
    [{ a: "success", b: "success" }, true, "all 2 jobs passed"],
    [{ a: "success", b: "skipped" }, true, "1 jobs passed, 1 had nothing to do"],
    [{ a: "failure", b: "success", c: "failure" }, false, "a, c failed"],
    [{ a: "failure", b: "cancelled", c: "skipped" }, false, "a failed; cancelled: b"],
    [{ a: "success", b: "neutral" }, false, "b ended in an unknown way"],
  ])("of %j: passed is %j, in words %s", (results, isPassed, words) => {
    const jobs = read(results);
    expect([passed(jobs), verdictOf(jobs)]).toEqual([isPassed, words]);
  });
});
