/** The action's inputs as command lines: each input is one, and a wrong one is said before anything runs. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../layout/project-tree.ts";

/** The launcher's helpers are plain JavaScript; this is what they promise. */
interface ActionCommands {
  readonly commandsOf: (
    inputs: Readonly<Record<string, string>>,
    has: (path: string) => boolean,
  ) => { readonly commands?: readonly (readonly string[])[]; readonly problem?: string };
}
const { commandsOf }: ActionCommands = await import(join(ROOT, "infra/action/commands.mjs"));

const none = () => false;
const lines = (inputs: Record<string, string>, has: (path: string) => boolean = none) => {
  const { commands, problem } = commandsOf(inputs, has);
  return commands?.map((command: readonly string[]) => command.join(" ")) ?? problem;
};

describe("the action", () => {
  test("judges the change, and without an address nothing else", () => {
    expect(lines({})).toEqual(["governance --format github --output json=shadow-governance.json"]);
  });

  test("probes before it judges, so that the rule on performance has something to read", () => {
    expect(lines({ BASE_URL: "http://127.0.0.1:1", WAIT: "60" })).toEqual([
      "probe --base-url http://127.0.0.1:1 --wait 60 --output shadow-probe-results.json",
      "governance --require-results --format github --output json=shadow-governance.json",
    ]);
    expect(lines({ RUN: "governance probe" })?.[0]).toContain("probe");
  });

  test("takes the repository's own probe, unless a preset is named", () => {
    const has = (path: string) => path === ".shadow-infra/probe.json";
    expect(lines({ RUN: "probe" }, has)).toEqual([
      "probe --config .shadow-infra/probe.json --output shadow-probe-results.json",
    ]);
    expect(lines({ RUN: "probe", PRESET: "chainiq" }, has)).toEqual([
      "probe --preset chainiq --output shadow-probe-results.json",
    ]);
    expect(lines({ RUN: "probe", CONFIG: "x.json", PRESET: "chainiq" })).toEqual([
      "probe --preset chainiq --config x.json --output shadow-probe-results.json",
    ]);
  });

  test("hands every setting on", () => {
    const inputs = {
      RUN: "probe",
      ITERATIONS: "20",
      BUDGETS: "p95=1 p99=2\nsize-kb=3 failure-rate=0.1",
      POST_TO: "http://r",
    };
    expect(lines(inputs)).toEqual([
      "probe --iterations 20 --p95-threshold 1 --p99-threshold 2 --max-size-kb 3 --max-failure-rate 0.1 --post-to http://r --output shadow-probe-results.json",
    ]);
    expect(lines({ RULES: "r.json", BASE: "main", ONLY: "1 8", ALL: "true" })).toEqual([
      "governance --rules r.json --base main --only 1 --only 8 --all --format github --output json=shadow-governance.json",
    ]);
  });

  test("leaves a report for code scanning where one is wanted", () => {
    expect(lines({ SARIF: "found here.sarif" })).toEqual([
      "governance --format github --output json=shadow-governance.json --output sarif=found here.sarif",
    ]);
    expect(commandsOf({ SARIF: "found here.sarif" }, none).commands?.[0]?.at(-1)).toBe("sarif=found here.sarif");
  });

  test("says what changed, one group on a line", () => {
    const { commands } = commandsOf({ RUN: "changes", GROUPS: "a=x/** !**/*.md\n\n  b=**\n" }, none);
    expect(commands).toEqual([["ci", "changes", "--group", "a=x/** !**/*.md", "--group", "b=**"]]);
  });

  test("sums up", () => {
    const { commands } = commandsOf({ RUN: "summary", NEEDS: '{\n "a": {} }', ARTIFACTS: "artifacts" }, none);
    expect(commands).toEqual([["ci", "summary", "--needs", '{\n "a": {} }', "--artifacts", "artifacts"]]);
  });

  test.each([
    [{ RUN: "prob" }, "run: prob is none of"],
    [{ FAIL_ON: "sometimes" }, "fail-on: "],
    [{ RUN: "probe", BUDGETS: "p95" }, "budgets: p95 is none of"],
    [{ RUN: "probe", BUDGETS: "p50=1" }, "budgets: p50=1 is none of"],
    [{ RUN: "probe", BUDGETS: "toString=1" }, "budgets: toString=1 is none of"],
    [{ RUN: "changes" }, "groups: "],
    [{ RUN: "summary" }, "needs: "],
  ])("refuses %j", (inputs, problem) => {
    expect(lines(inputs)).toContain(problem);
  });
});
