/** The workflow that others get: GitHub takes it, it promises what this project's own does, and no value of theirs breaks out of its place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ACTIONS } from "../../../cli/init/actions.ts";
import { filesOf, type InitChoices } from "../../../cli/init/files.ts";
import type { Application } from "../../../cli/init/stack.ts";
import { algorithmTable } from "../../../core/governance/cryptography/table.ts";
import { parseRules } from "../../../core/governance/parse.ts";
import { parseProbeConfig } from "../../../core/probe/config.ts";
import { workflowErrors } from "../../github-actions/parser.ts";
import { keysOf, readWorkflow } from "../../github-actions/workflow.ts";
import { ROOT } from "../../layout/project-tree.ts";

const application = (stack: "node" | "python", folder = "."): Application => ({
  stack,
  folder,
  install: "install it",
  test: "test it",
  apiTest: "test its api",
  audit: "audit it",
  start: "start it",
  port: 8000,
  notes: [],
});

const choices = (stack: "node" | "python", others: Partial<InitChoices> = {}): InitChoices => ({
  application: application(stack),
  start: "start it",
  action: "owner/shadow-infra@main",
  paths: ["service/**"],
  preset: "chainiq",
  baseUrl: "http://127.0.0.1:8000",
  healthPath: "/health",
  cryptography: readFileSync(join(ROOT, "docs/cryptography.md"), "utf8"),
  ...others,
});

const fileOf = (path: string, given: InitChoices) =>
  filesOf(given).find((file) => file.path === path)?.text ?? expect.fail(`${path} is not written`);
const textOf = (given: InitChoices) => fileOf(".github/workflows/shadow-ci.yml", given);

const GATES = [
  "shadow-governance",
  "shadow-tests",
  "shadow-api-tests",
  "shadow-security-scan",
  "shadow-performance-probe",
];

describe.each(["node", "python"] as const)("the workflow for %s", (stack) => {
  const content = textOf(choices(stack));
  const workflow = readWorkflow(content);

  test("is one that GitHub starts", async () => {
    expect(await workflowErrors(content)).toEqual([]);
  });

  test("has the six jobs with their needs, and no path filters it out", () => {
    expect(Object.keys(workflow.jobs)).toEqual([...GATES, "shadow-ci-summary"]);
    expect(workflow.jobs["shadow-performance-probe"]?.needs).toEqual(GATES.slice(0, 4));
    expect(workflow.jobs["shadow-ci-summary"]?.needs).toEqual(GATES);
    expect([...keysOf(content)].filter((key) => key.startsWith("paths"))).toEqual([]);
    expect(workflow.on).toEqual({
      pull_request: null,
      push: { branches: ["main", "develop"] },
      merge_group: null,
      workflow_dispatch: null,
    });
  });

  test("sets up its language, and keeps what it promises as long as it promises", () => {
    const steps = workflow.jobs["shadow-tests"]?.steps ?? [];
    expect(steps.some(({ uses = "" }) => uses.startsWith("actions/setup-python@"))).toBe(stack === "python");
    expect(steps.map(({ run }) => run)).toEqual(expect.arrayContaining(["install it", "test it"]));
    expect(steps.at(-1)?.with).toMatchObject({ name: "coverage-shadow.json", "retention-days": "7" });
    const security = workflow.jobs["shadow-security-scan"]?.steps ?? [];
    expect(security.find(({ with: given }) => given?.["only"] === "1 8 9")?.with).toMatchObject({
      sarif: "shadow-security.sarif",
    });
    expect(security.at(-1)).toMatchObject({
      if: "${{ !cancelled() }}",
      with: { name: "shadow-security.sarif", path: "shadow-security.sarif", "retention-days": "7" },
    });
    const probe = workflow.jobs["shadow-performance-probe"]?.steps ?? [];
    expect(probe.at(-1)?.with).toMatchObject({ name: "shadow-probe-results.json", "retention-days": "30" });
  });

  test("names the release of each pinned action", () => {
    const lines = content.split("\n").filter((line) => line.includes("uses: actions/"));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test("comes with rules and a probe that their commands take", () => {
    expect(parseRules(fileOf(".shadow-infra/governance.json", choices(stack))).ok).toBe(true);
    expect(parseProbeConfig(fileOf(".shadow-infra/probe.json", choices(stack))).ok).toBe(true);
  });
});

test("the table of algorithms has none of this project's exceptions and places", () => {
  const text = fileOf("docs/cryptography.md", choices("python"));
  const table = algorithmTable(text);
  expect([...table.values()].flat().map(({ state }) => state)).not.toContain("exception");
  expect([table.get("md5")?.[0]?.state, text.includes("workers/")]).toEqual(["forbidden", false]);
});

test("a first commit of all files is no large change by the rules that it brings", () => {
  const lines = filesOf(choices("python")).reduce((sum, { text }) => sum + text.split("\n").length, 0);
  expect(lines).toBeLessThan(500);
});

test("commands in a folder run there, and what they leave is found there", () => {
  const workflow = readWorkflow(textOf(choices("python", { application: application("python", "chainiq") })));
  const steps = workflow.jobs["shadow-tests"]?.steps ?? [];
  expect(steps.filter(({ run }) => run !== undefined).map((step) => step["working-directory"])).toEqual([
    "chainiq",
    "chainiq",
  ]);
  expect(steps.at(-1)?.with.path).toContain("chainiq/coverage-shadow.json");
});

test.each(['echo "a: b" # c', "a\njobs: {}", "- x", "{{ a }}", "'", "*anchor"])(
  "a start command of %j stays a command",
  async (start) => {
    const content = textOf(choices("node", { start, paths: [`${start.replaceAll(/\s/g, "")}/**`] }));
    expect(await workflowErrors(content)).toEqual([]);
    const { jobs } = readWorkflow(content);
    expect(Object.keys(jobs)).toHaveLength(6);
    expect(jobs["shadow-performance-probe"]?.steps.find(({ name }) => name === "Start the service")?.run).toContain(
      start,
    );
  },
);

test("the actions are those of this project's own workflow", () => {
  const own = readFileSync(join(ROOT, ".github/workflows/shadow-ci.yml"), "utf8");
  const other = Object.values(ACTIONS).filter(([pinned, release]) => !own.includes(`${pinned} # ${release}`));
  expect(other.map(([pinned]) => pinned.split("@")[0])).toEqual(["actions/setup-python"]);
});
