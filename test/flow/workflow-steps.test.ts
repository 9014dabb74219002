/**
 * Every `run:` step of the workflow, executed on this machine in the order of the jobs, in a clone of this repository: once for an honest
 * change, then with a forbidden import and with a budget that cannot hold. Actions of GitHub are stood in for; their steps are counted, not run.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Run, runWorkflow, type StepRun } from "../github-actions/runner.ts";
import { summaryOf } from "../github-actions/step.ts";
import { readWorkflow, type Step, type Workflow } from "../github-actions/workflow.ts";
import { ROOT } from "../layout/project-tree.ts";

/** Packages are installed for real once, and other tests may have the machine. */
const RUN_TIMEOUT_MS = 600_000;
const MINUTE_MS = 60_000;

const home = mkdtempSync(join(tmpdir(), "shadow-ci-"));
const clone = join(home, "clone");
let advisories: Server;
let base = "";
let isInstalled = false;

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd: clone,
    encoding: "utf8",
  }).trim();

beforeAll(async () => {
  execFileSync("git", ["clone", "--quiet", ROOT, clone]);
  base = git("rev-parse", "HEAD");
  advisories = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.setHeader("content-type", "application/json").end("{}"));
  });
  await new Promise<void>((resolve) => advisories.listen(0, "127.0.0.1", resolve));
}, MINUTE_MS);

afterAll(() => {
  advisories.close();
  rmSync(home, { recursive: true, force: true });
});

/** A pull request whose head changes one file by one line. */
function change(file: string, line: string, message: string): void {
  git("checkout", "--quiet", "--force", "--detach", base);
  appendFileSync(join(clone, file), line);
  git("commit", "--quiet", "--all", "--message", message);
}

interface PullRun extends Run {
  readonly folder: string;
  readonly summary: string;
}

/** Runs the workflow of the clone as for a pull request of what is checked out. */
async function pull(edit: (workflow: Workflow) => Workflow = (same) => same): Promise<PullRun> {
  const folder = mkdtempSync(join(home, "run-"));
  const event = join(folder, "event.json");
  const head = git("rev-parse", "HEAD");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7, base: { sha: base }, head: { sha: head } } }));
  const workflow = edit(readWorkflow(readFileSync(join(clone, ".github/workflows/shadow-ci.yml"), "utf8")));
  const run = await runWorkflow({
    workflow,
    workspace: clone,
    folder,
    github: { event_name: "pull_request", ref: "refs/pull/7/merge", sha: head, token: "" },
    env: environment(event, head),
    instead,
    // A runner begins with what is committed, and nothing that another job made. Packages stay: they are the same.
    beforeJob: () => git("clean", "-fdxq", "-e", "node_modules"),
  });
  const place = summaryOf(folder);
  return { ...run, folder, summary: existsSync(place) ? readFileSync(place, "utf8") : "" };
}

/** What a runner sets, and of this machine only where programs and homes are. */
function environment(event: string, head: string): Readonly<Record<string, string>> {
  const { HOME = home, PATH = "" } = process.env;
  // How packages are reached from this machine: through which proxy, trusting which authorities.
  const npm = Object.entries(process.env).filter(([name]) =>
    /^(npm_config_(?!registry)|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_)/i.test(name),
  );
  return {
    ...Object.fromEntries(npm.map(([name, value]) => [name, value ?? ""])),
    HOME,
    PATH: [dirname(process.execPath), PATH].join(delimiter),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_REF_NAME: "7/merge",
    GITHUB_HEAD_REF: "a-change",
    GITHUB_BASE_REF: "main",
    GITHUB_SHA: head,
    GITHUB_REPOSITORY: "owner/shadow-infra",
    GITHUB_RUN_ID: "1",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_WORKSPACE: clone,
    RUNNER_OS: "Linux",
    WRANGLER_SEND_METRICS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
}

/** Packages are installed for real once; advisories come from a server of this test, because not every registry of a test has them. */
function instead(_job: string, { run = "" }: Step): string | null {
  if (run.includes("ci:audit")) {
    const { port } = advisories.address() as AddressInfo; // It listens on a port, so this is no name of a pipe.
    return `npm_config_registry=http://127.0.0.1:${port}/ ${run}`;
  }
  if (!run.startsWith("npm ci ")) return null;
  const again = isInstalled;
  isInstalled = true;
  return again ? "true" : null;
}

const failed = ({ steps }: Run) => steps.filter(({ outcome }) => outcome === "failure");
const named = ({ steps }: Run, name: string): StepRun =>
  steps.find(({ step }) => step === name) ?? expect.fail(`no step ${name}`);
/** A probe that no service passes, and that need not send much to say so. */
function hopeless(step: Step): void {
  step.env.SHADOW_P95_MS = "0.001";
  step.run = `${step.run ?? ""} -- --iterations 20`;
}

/** What is not about the case: a job's steps take a minute, and the case asks for another job's. */
const without =
  (...names: readonly string[]) =>
  (workflow: Workflow): Workflow => ({
    ...workflow,
    jobs: Object.fromEntries(
      Object.entries(workflow.jobs).map(([name, job]) => [name, names.includes(name) ? { ...job, if: "false" } : job]),
    ),
  });

describe("an honest change", () => {
  let run: PullRun;

  beforeAll(async () => {
    change("core/report/latency.ts", "\n// The end of the file.\n", "Say where the file of latencies ends");
    run = await pull();
    for (const { job, step, seconds } of run.steps)
      if (seconds > 1) console.log(`${seconds.toFixed(1)} s  ${job}: ${step}`);
  }, RUN_TIMEOUT_MS);

  test("passes every step", () => {
    expect(failed(run).map(({ job, step, output }) => `${job}: ${step}\n${output.slice(-2000)}`)).toEqual([]);
    expect(Object.values(run.jobs).map(({ result }) => result)).toEqual(Array.from({ length: 6 }, () => "success"));
  });

  test("runs every step that the workflow has", () => {
    const { jobs } = readWorkflow(readFileSync(join(ROOT, ".github/workflows/shadow-ci.yml"), "utf8"));
    const all = Object.values(jobs).flatMap(({ steps }) => steps);
    expect(run.steps.filter(({ outcome }) => outcome === "success")).toHaveLength(all.length);
    expect(all.filter((step) => step.run !== undefined).length).toBeGreaterThanOrEqual(15);
  });

  test("keeps what each job promises", () => {
    for (const file of ["coverage-shadow.json", "shadow-probe-results.json", "shadow-governance.json"])
      expect(existsSync(join(run.folder, "artifacts", file, file)), file).toBe(true);
  });

  test("is summed up with budgets, rules and tests", () => {
    expect(run.summary).toContain("## Shadow CI: ✅ passed");
    expect(run.summary).toMatch(/\| \/api\/shadow\/stats \| p95 \| [\d.]+ ms .*✅ held \|/);
    expect(run.summary).toMatch(/\| 12 \| Shadow Mode Performance Budget Enforcement \| ✅ kept \|/);
    expect(run.summary).toMatch(/\| shadow-tests \| ✅ passed \| \d{3,} passed, 0 failed/);
    expect(run.summary).toMatch(/Coverage: \d/);
  });
});

describe("a forbidden import", () => {
  let run: PullRun;

  beforeAll(async () => {
    change("workers/report/app.ts", '\nimport "xgboost";\n', "Rank deployments in the report API");
    run = await pull(without("shadow-tests", "shadow-api-tests", "shadow-security-scan"));
  }, RUN_TIMEOUT_MS);

  test("fails the step that enforces the rules, with file and line", () => {
    expect(failed(run).map(({ step }) => step)).toEqual(["Enforce the rules", "Write the summary"]);
    expect(named(run, "Enforce the rules").output).toMatch(/::error file=workers\/report\/app\.ts,line=\d+.*xgboost/);
  });

  test("leaves the probe unrun and fails the summary, which names the job", () => {
    expect(run.jobs["shadow-performance-probe"]?.result).toBe("skipped");
    expect(run.jobs["shadow-ci-summary"]?.result).toBe("failure");
    expect(run.summary).toContain("**Verdict:** shadow-governance failed.");
    expect(run.summary).toMatch(/No XGBoost in Production \| ❌ broken/);
  });
});

describe("a budget that cannot hold", () => {
  let run: PullRun;

  beforeAll(async () => {
    change("core/report/latency.ts", "\n// The end of the file.\n", "Say where the file of latencies ends");
    mkdirSync(join(home, "seed"), { recursive: true });
    run = await pull((workflow) => {
      const shorter = without("shadow-tests", "shadow-api-tests", "shadow-security-scan")(workflow);
      const steps = shorter.jobs["shadow-performance-probe"]?.steps ?? [];
      for (const step of steps)
        step.run = step.run?.replace("--pairs 100000 --deployments 50", "--pairs 2000 --deployments 50");
      for (const step of steps) if (step.run?.includes("ci:probe")) hopeless(step);
      return shorter;
    });
  }, RUN_TIMEOUT_MS);

  test("fails the probe, keeps its results and stops the service", () => {
    expect(failed(run).map(({ step }) => step)).toEqual(["Probe it", "Write the summary"]);
    expect(named(run, "Stop the report API").outcome).toBe("success");
    expect(existsSync(join(run.folder, "artifacts/shadow-probe-results.json/shadow-probe-results.json"))).toBe(true);
  });

  test("fails the summary, which shows the row that is over", () => {
    expect(run.summary).toMatch(/p95 \| [\d.]+ ms .*\| under 0\.001 ms \| ❌ over \|/);
    expect(run.summary).toContain("**Verdict:** shadow-performance-probe failed.");
  });
});
