/**
 * Prints the one line that continuous integration reads: `N passed, N failed` (and `, N skipped`), last and alone.
 * Apart from the tests, because it must also count what is no test: a file that does not load, a hook, an unhandled error.
 */
import { writeSync } from "node:fs";
import type { Reporter, SerializedError, TestModule, TestRunEndReason } from "vitest/node";

/** What became of a run. `failed` also counts broken files, hooks and unhandled errors. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The closing line without its line end. Skipped tests are named only when there are any. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** True when the run proves nothing: something failed, or nothing ran at all. */
export function mustFail({ passed, failed }: Tally): boolean {
  return failed > 0 || passed === 0;
}

/** One run as vitest hands it to a reporter. */
interface Run {
  readonly modules: readonly TestModule[];
  readonly unhandled: readonly SerializedError[];
  readonly reason: TestRunEndReason;
}

/** Counts a run. An interrupted run has failed even when every test that was reached passed. */
export function tally({ modules, unhandled, reason }: Run): Tally {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const count = (state: string): number => states.filter((each) => each === state).length;
  const broken = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const brokenFilesAndHooks = broken.filter((each) => each.errors().length > 0).length;
  const interrupted = reason === "interrupted" ? 1 : 0;
  return {
    passed: count("passed"),
    failed: count("failed") + count("pending") + brokenFilesAndHooks + unhandled.length + interrupted,
    skipped: count("skipped"),
  };
}

/** vitest calls a reporter with `new`; a plain function may answer with an object of its own. */
export default function closingLineReporter(): Reporter {
  let last: Tally = { passed: 0, failed: 0, skipped: 0 };
  // On exit and not at the end of the run: other reporters and vitest itself still print after that.
  process.once("exit", () => {
    if (mustFail(last) && !process.exitCode) process.exitCode = 1;
    writeSync(1, `\n${closingLine(last)}\n`);
  });
  return {
    onTestRunEnd: (modules, unhandled, reason) => {
      last = tally({ modules, unhandled, reason });
    },
  };
}
