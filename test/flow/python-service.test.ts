/**
 * A team with a Python service takes the gate up: `init ci` in a fresh repository, and then the workflow that it wrote, step by step with the
 * real action and the real service. Only what comes from the Python package index is stood in for, because not every machine reaches it.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Run, runWorkflow } from "../github-actions/runner.ts";
import { summaryOf } from "../github-actions/step.ts";
import { readWorkflow, type Step } from "../github-actions/workflow.ts";
import { ROOT } from "../layout/project-tree.ts";
import { freePort } from "../servers/free-port.ts";

const ACTION = "owner/shadow-infra@v1";
const MINUTE_MS = 60_000;

const home = mkdtempSync(join(tmpdir(), "shadow-python-"));
const repository = join(home, "service");
const cli = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(ROOT, "cli/bin.mjs"), ...args], { cwd: repository, encoding: "utf8" });
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd: repository,
    encoding: "utf8",
  }).trim();

/** `pause` in seconds makes it slow. */
const service = (port: number, pause = 0) => `"""A service in shadow mode."""
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATS = {"model_version": "0.3.0", "p50": 12, "p95": 31, "p99": 45, "count": 1,
         "drift": {"avg_delta": 0.02, "max_delta": 0.05, "corridors": ["US-MX"]}}
EVENTS = [{"corridor": "US-MX", "timestamp": "2026-01-01T00:00:00Z", "delta": 0.02}]
ANSWERS = {"/health": {}, "/iq/shadow/stats": STATS, "/iq/shadow/events": {"events": EVENTS}}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        time.sleep(0 if self.path == "/health" else ${pause})
        data = json.dumps(ANSWERS.get(self.path)).encode()
        self.send_response(200 if self.path in ANSWERS else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", ${port}), Handler).serve_forever()
`;

let port = 0;
let base = "";

beforeAll(async () => {
  port = await freePort();
  mkdirSync(join(repository, "tests"), { recursive: true });
  writeFileSync(join(repository, "requirements.txt"), "");
  writeFileSync(join(repository, "service.py"), service(port));
  writeFileSync(
    join(repository, "tests/test_service.py"),
    "import service\n\n\ndef test_it_names_its_model():\n    assert service.STATS\n",
  );
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "feat: a service");
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The workflow of the repository, as for a pull request of what is checked out. */
async function pull(): Promise<Run & { readonly summary: string }> {
  const folder = mkdtempSync(join(home, "run-"));
  const event = join(folder, "event.json");
  // A checkout of GitHub knows the branch that the pull request is for by this name.
  git("update-ref", "refs/remotes/origin/main", base);
  writeFileSync(event, JSON.stringify({ pull_request: { number: 1, base: { sha: base } } }));
  const run = await runWorkflow({
    workflow: readWorkflow(readFileSync(join(repository, ".github/workflows/shadow-ci.yml"), "utf8")),
    workspace: repository,
    folder,
    github: { event_name: "pull_request", ref: "refs/pull/1/merge", token: "" },
    env: {
      HOME: process.env.HOME ?? home,
      PATH: [join(home, "bin"), dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_EVENT_PATH: event,
      GITHUB_BASE_REF: "main",
      GITHUB_WORKSPACE: repository,
    },
    composites: { [ACTION]: ROOT },
    instead: withoutPackages,
    beforeJob: () => git("clean", "-fdxq"),
  });
  return { ...run, summary: readFileSync(summaryOf(folder), "utf8") };
}

/** Steps that ask the package index, or need what it has. The service itself needs nothing but Python. */
function withoutPackages(_job: string, { run = "" }: Step): string | null {
  // Debian has no `python`.
  if (run.startsWith("python service.py")) return run.replace("python", "python3");
  return run.startsWith("python -m") ? "true" : null;
}

const failed = ({ steps }: Run) => steps.filter(({ outcome }) => outcome === "failure");

describe("init ci", () => {
  test("finds what the service is and writes its files", () => {
    const { status, stdout } = cli("init", "ci", "--action", ACTION);
    expect(stdout).toContain("Found: Python, in the root of the repository");
    expect(stdout).toMatch(/^ {2}start +python service\.py$/m);
    expect(stdout).toContain(`http://127.0.0.1:${port} (preset chainiq`);
    expect(stdout.match(/^written /gm)).toHaveLength(4);
    expect(status).toBe(0);
  });

  test("changes nothing the second time, and keeps what somebody changed", () => {
    expect(cli("init", "ci", "--action", ACTION).stdout.match(/^as it is /gm)).toHaveLength(4);
    const file = join(repository, ".shadow-infra/probe.json");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replace("75", "60"));
    const { status, stdout } = cli("init", "ci", "--action", ACTION);
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^-.*60[\s\S]*^\+.*75/m)]);
    expect(readFileSync(file, "utf8")).toContain("60");
    expect(cli("init", "ci", "--action", ACTION, "--force").status).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test.each([
    [["--action", "nobody"], "is no action"],
    [["--base-url", "here"], "is no address"],
    [["--stack", "ruby"], "Allowed choices are node, python"],
  ])("refuses %j with a sentence", (args, words) => {
    const { status, stderr } = cli("init", "ci", ...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe("the workflow that it wrote", () => {
  beforeAll(() => {
    base = git("rev-parse", "HEAD");
    const probe = join(repository, ".shadow-infra/probe.json");
    // As few as judge a budget: the service is slow in one of the cases.
    writeFileSync(probe, readFileSync(probe, "utf8").replace("{", '{\n  "iterations": 20,'));
    git("add", "--all");
    git("commit", "--quiet", "--message", "ci: gate budgets and rules");
  });

  test(
    "passes for the change that brings it",
    async () => {
      const run = await pull();
      expect(failed(run).map(({ job, step, output }) => `${job}: ${step}\n${output.slice(-3000)}`)).toEqual([]);
      expect(run.summary).toContain("## Shadow CI: ✅ passed");
      expect(run.summary).toMatch(/\| \/iq\/shadow\/stats \| p95 \| [\d.]+ ms \| under 75 ms \| ✅ held \|/);
      expect(run.summary).toMatch(/\| 12 \| Shadow Mode Performance Budget Enforcement \| ✅ kept \|/);
    },
    2 * MINUTE_MS,
  );

  test(
    "stops a change that makes the service slow",
    async () => {
      base = git("rev-parse", "HEAD");
      writeFileSync(join(repository, "service.py"), service(port, 0.09));
      git("commit", "--quiet", "--all", "--message", "feat: think longer");
      const run = await pull();
      expect(failed(run).map(({ job }) => job)).toEqual(["shadow-performance-probe", "shadow-ci-summary"]);
      expect(run.summary).toMatch(/p95 \| [\d.]+ ms \| under 75 ms \| ❌ over \|/);
      expect(run.summary).toMatch(/\| 12 \| Shadow Mode Performance Budget Enforcement \| ❌ broken \|/);
    },
    2 * MINUTE_MS,
  );

  test(
    "stops a change that imports XGBoost before anything is started, and skips the rest",
    async () => {
      git("reset", "--quiet", "--hard", base);
      appendFileSync(join(repository, "service.py"), "import xgboost\n");
      git("commit", "--quiet", "--all", "--message", "feat: rank");
      const run = await pull();
      expect(failed(run).map(({ job }) => job)).toEqual(["shadow-governance", "shadow-ci-summary"]);
      expect(run.jobs["shadow-performance-probe"]?.result).toBe("skipped");
    },
    2 * MINUTE_MS,
  );

  test(
    "skips every job but rules, scan and summary for a change of the documentation",
    async () => {
      git("reset", "--quiet", "--hard", base);
      writeFileSync(join(repository, "README.md"), "# A service\n");
      git("add", "README.md");
      git("commit", "--quiet", "--message", "docs: say what it is");
      const run = await pull();
      expect(
        Object.entries(run.jobs)
          .filter(([, { result }]) => result === "skipped")
          .map(([name]) => name),
      ).toEqual(["shadow-tests", "shadow-api-tests", "shadow-performance-probe"]);
      expect(run.summary).toContain("## Shadow CI: ✅ passed");
    },
    2 * MINUTE_MS,
  );
});
