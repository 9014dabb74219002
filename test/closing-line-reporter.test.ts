/** The closing line counts what continuous integration must know, also where no test failed but something did. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closingLine, mustFail } from "./closing-line-reporter.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const REPORTER = join(ROOT, "test/closing-line-reporter.ts");
/** Time for one run of vitest on a busy machine. Milliseconds. */
const RUN_TIMEOUT_MS = 60_000;

const PASSES = 'test("a", () => expect(1).toBe(1));';
/** A test file, and what must become of the run. */
const CASES = [
  { name: "all passed", body: PASSES, line: "1 passed, 0 failed", code: 0 },
  {
    name: "one failed, one skipped",
    body: `${PASSES} test("b", () => expect(1).toBe(2)); test.skip("c", () => {});`,
    line: "1 passed, 1 failed, 1 skipped",
    failure: /^failed: one\.test\.ts > b: expected 1 to be 2/,
    code: 1,
  },
  {
    name: "a hook failed",
    body: `${PASSES} describe("d", () => { beforeAll(() => { throw new Error("x"); }); test("e", () => {}); });`,
    line: "1 passed, 1 failed, 1 skipped",
    failure: /^failed: one\.test\.ts > d: x$/,
    code: 1,
  },
  {
    name: "the file does not load",
    body: `import "./nowhere.ts"; ${PASSES}`,
    line: "0 passed, 1 failed",
    failure: /^failed: one\.test\.ts: .*nowhere/,
    code: 1,
  },
  {
    name: "an error was nobody's",
    body: `test("a", () => void setTimeout(() => { throw new Error("later"); }, 0)); test("b", () => new Promise((done) => setTimeout(done, 50)));`,
    line: "2 passed, 1 failed",
    failure: /^failed: outside of any test: later$/,
    code: 1,
  },
  { name: "nothing ran", body: 'test.skip("c", () => {});', line: "0 passed, 0 failed, 1 skipped", code: 1 },
];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "closing-line-"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(CASES)(
  "$name",
  async ({ body, line, code, failure }) => {
    writeFileSync(
      join(folder, "one.test.ts"),
      `import { beforeAll, describe, expect, test } from "vitest"; void [beforeAll, describe, expect];\n${body}`,
    );
    const run = await vitest(["--root", folder, "--reporter=default", `--reporter=${REPORTER}`]);
    const lines = run.stdout.trimEnd().split("\n");
    expect(lines.at(-1), run.stdout).toBe(line);
    const failures = lines.filter((text) => text.startsWith("failed: "));
    expect(failures).toEqual(failure === undefined ? [] : [expect.stringMatching(failure)]);
    expect(run.code).toBe(code);
  },
  RUN_TIMEOUT_MS,
);

test("skipped tests are named only when there are any", () => {
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
  expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
});

test("a run in which nothing passed has failed", () => {
  expect(mustFail({ passed: 0, failed: 0, skipped: 9 })).toBe(true);
  expect(mustFail({ passed: 1, failed: 0, skipped: 9 })).toBe(false);
});

function vitest(args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  const argv = [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...args];
  // Not the outer run's own settings: they would say that this is one of its workers.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$)/.test(name)),
  );
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argv, { cwd: folder, env: { ...env, NO_COLOR: "1" } }, (_error, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
}
