/** The workflow as GitHub reads it: nothing it would refuse, and every job, need, artifact and limit that the documentation promises. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actionErrors, workflowErrors } from "../github-actions/parser.ts";
import { keysOf, readWorkflow, type Step } from "../github-actions/workflow.ts";
import { ROOT } from "./project-tree.ts";

const content = readFileSync(join(ROOT, ".github/workflows/shadow-ci.yml"), "utf8");
const workflow = readWorkflow(content);
const scripts = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> })
  .scripts;
const job = (name: string) => workflow.jobs[name] ?? expect.fail(`there is no job ${name}`);
const stepsOf = (name: string): readonly Step[] => job(name).steps;
const artifact = (name: string, file: string) => stepsOf(name).find((step) => step.with.name === file)?.with;

const GATES = [
  "shadow-governance",
  "shadow-tests",
  "shadow-api-tests",
  "shadow-security-scan",
  "shadow-performance-probe",
];

describe("the workflow", () => {
  test("is one that GitHub starts", async () => {
    expect(await workflowErrors(content)).toEqual([]);
  });

  test("would be refused with a key that GitHub does not know, or a need that no job meets", async () => {
    expect(await workflowErrors(content.replace("timeout-minutes", "timeout-minuten"))).not.toEqual([]);
    expect(await workflowErrors(content.replace("needs: shadow-governance", "needs: shadow-gouvernance"))).not.toEqual(
      [],
    );
  });

  test("starts on every pull request, on pushes to main and develop, for a merge queue and by hand; no path filters it out", () => {
    expect(workflow.on).toEqual({
      pull_request: null,
      push: { branches: ["main", "develop"] },
      merge_group: null,
      workflow_dispatch: null,
    });
    expect([...keysOf(content)].filter((key) => key.startsWith("paths"))).toEqual([]);
  });

  test("may read, and nothing else", () => {
    const granted = [workflow.permissions, ...Object.values(workflow.jobs).map(({ permissions }) => permissions ?? {})];
    expect(new Set(granted.flatMap((permissions) => Object.values(permissions)))).toEqual(new Set(["read"]));
  });

  test("ends older runs of a pull request and lets those of a branch finish", () => {
    expect(workflow.concurrency.group).toContain("github.ref");
    expect(workflow.concurrency["cancel-in-progress"]).toBe("${{ github.event_name == 'pull_request' }}");
  });

  test("has six jobs in their order, each with a limit in time", () => {
    expect(Object.keys(workflow.jobs)).toEqual([...GATES, "shadow-ci-summary"]);
    for (const { "timeout-minutes": minutes } of Object.values(workflow.jobs)) expect(minutes).toBeLessThanOrEqual(15);
  });

  test("has governance first, three jobs beside each other, then the probe, then the summary of all", () => {
    const needs = Object.fromEntries(Object.entries(workflow.jobs).map(([name, { needs: all }]) => [name, all]));
    expect(needs).toEqual({
      "shadow-governance": [],
      "shadow-tests": ["shadow-governance"],
      "shadow-api-tests": ["shadow-governance"],
      "shadow-security-scan": ["shadow-governance"],
      "shadow-performance-probe": GATES.slice(0, 4),
      "shadow-ci-summary": GATES,
    });
  });

  test("skips jobs by what governance found changed, and never the summary", () => {
    const outputs = Object.keys(job("shadow-governance").outputs);
    for (const name of GATES.slice(1)) {
      const [, asked] = /needs\.shadow-governance\.outputs\.(\w+) != 'false'/.exec(job(name).if ?? "") ?? [];
      expect(outputs, name).toContain(asked);
    }
    expect(job("shadow-governance").if).toBeUndefined();
    expect(job("shadow-ci-summary").if).toBe("${{ always() }}");
  });

  test("asks for every group that it hands on", () => {
    const changes = stepsOf("shadow-governance").find(({ id }) => id === "changes")?.run ?? "";
    const groups = [...changes.matchAll(/--group "(\w+)=/g)].map(([, name]) => name);
    expect(groups).toEqual(Object.keys(job("shadow-governance").outputs));
  });

  test("keeps coverage a week and results of the probe a month", () => {
    expect(artifact("shadow-tests", "coverage-shadow.json")?.["retention-days"]).toBe("7");
    expect(artifact("shadow-performance-probe", "shadow-probe-results.json")?.["retention-days"]).toBe("30");
  });

  test("gives a test 30 seconds, and 60 where it asks the API", () => {
    expect(scripts["ci:tests"]).toContain("--testTimeout 30000");
    expect(scripts["ci:api-tests"]).toContain("--testTimeout 60000");
  });

  test("probes 100,000 pairs of 50 deployments", () => {
    const seed = stepsOf("shadow-performance-probe").find(({ run = "" }) => run.includes("seed:report"));
    expect(seed?.run).toMatch(/--pairs 100000 --deployments 50/);
  });

  test("fetches the whole history where rules read commits", () => {
    const checkout = stepsOf("shadow-governance").find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with["fetch-depth"]).toBe("0");
  });

  test("runs actions of GitHub alone, each at one commit, and leaves no credentials in the checkout", () => {
    const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.filter(({ uses }) => uses !== undefined));
    for (const { uses = "", with: inputs } of used) {
      expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      if (uses.startsWith("actions/checkout@")) expect(inputs["persist-credentials"]).toBe("false");
    }
  });

  test("calls scripts that are there, and never the whole suite", () => {
    const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run = "" }) => run));
    const called = runs.flatMap((run) => [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name));
    expect(called.length).toBeGreaterThan(8);
    for (const name of called) expect(Object.keys(scripts)).toContain(name);
    expect(runs.filter((run) => /npm (test|t|run test|run check)\b/.test(run))).toEqual([]);
  });

  test("puts no text of a stranger into a script", () => {
    const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run = "" }) => run));
    expect(runs.filter((run) => run.includes("${{"))).toEqual([]);
  });
});

describe("the action", () => {
  const action = readFileSync(join(ROOT, "action.yml"), "utf8");

  test("is one that GitHub takes", () => {
    expect(actionErrors(action)).toEqual([]);
  });

  test("would be refused without a way to run", () => {
    expect(actionErrors(action.replace("using: composite", "using: compostite"))).not.toEqual([]);
  });
});

/** A message as the documentation tells it, and the file of ours that prints it: its fixed parts stand in both. */
const MESSAGES: readonly (readonly [message: string, file: string])[] = [
  ["is no longer asked", "core/governance/probe-loosening.ts"],
  ["the workflow that runs the gate was changed", "core/governance/budget-files.ts"],
  ["This clone is shallow, and the commits between base and head are not all here.", "cli/governance/range.ts"],
  ["did not become healthy within", "cli/probe/probe.ts"],
  ["cannot be reached", "cli/probe/probe.ts"],
  ["no whole answer in time", "cli/probe/request.ts"],
  ["given up after ", "cli/probe/run.ts"],
  ["is over its budget: ", "core/governance/checks/performance-budget.ts"],
  [", which has to be under ", "core/governance/checks/performance-budget.ts"],
  ["there are no results of a probe at", "core/governance/checks/performance-budget.ts"],
  ["and no commit since approves it", "core/governance/checks/schema-approval.ts"],
  ["changes and the change adds no migration", "core/governance/checks/schema-migration.ts"],
  ["is missing", "cli/probe/body-check.ts"],
  ["has a known hole", "cli/commands/ci.ts"],
  ["Nobody could be asked about known holes", "cli/commands/ci.ts"],
];

describe("the documentation", () => {
  const docs = readFileSync(join(ROOT, "docs/ci.md"), "utf8");

  test.each(GATES)("tells to require %s", (name) => {
    const section = docs.slice(docs.indexOf("## Branch protection"));
    expect(section.slice(0, section.indexOf("\n## ", 5))).toContain(`\`${name}\``);
  });

  test.each(MESSAGES)("tells about %j as %s prints it", (message, file) => {
    expect([docs.includes(message), readFileSync(join(ROOT, file), "utf8").includes(message)]).toEqual([true, true]);
  });

  test("names every script of the jobs", () => {
    const inDocs = Object.keys(scripts).filter((name) => name.startsWith("ci:") && !docs.includes(`npm run ${name}`));
    expect(inDocs).toEqual([]);
  });
});
