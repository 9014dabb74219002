/**
 * Prints the one line that continuous integration reads: `N passed, N failed` (and `, N skipped`), last and alone, and before
 * it a line per failure: who sees only the end of a long log must still learn what failed.
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

/** Failures that are named before the closing line, and characters of each: the log above has the rest. */
const MAX_NAMED = 40;
const MAX_FAILURE_CHARS = 400;

/** A line for each failed test, broken file or hook, and error of nobody: `failed: <file> > <test>: <message>`. */
export function failureLines({ modules, unhandled }: Run): readonly string[] {
  const parts = modules.flatMap((module) => [
    { name: module.relativeModuleId, errors: module.errors() },
    ...[...module.children.allSuites()].map((suite) => ({ name: nameOf(suite), errors: suite.errors() })),
    ...[...module.children.allTests("failed")].map((test) => ({
      name: nameOf(test),
      errors: test.result().errors ?? [],
    })),
    ...[...module.children.allTests("pending")].map((test) => ({ name: nameOf(test), errors: [NEVER_ENDED] })),
  ]);
  const named = [...parts, { name: "outside of any test", errors: unhandled }]
    .filter(({ errors }) => errors.length > 0)
    .map(({ name, errors }) => failureLine(name, errors[0]?.message ?? ""));
  const more = named.length - MAX_NAMED;
  return more > 0 ? [...named.slice(0, MAX_NAMED), `failed: and ${more} more`] : named;
}

const NEVER_ENDED = { message: "it never ended" };

function nameOf(part: { readonly fullName: string; readonly module: TestModule }): string {
  return `${part.module.relativeModuleId} > ${part.fullName}`;
}

function failureLine(name: string, message: string): string {
  // The whole message on one line: a property's seed and counterexample stand below its first line.
  return `failed: ${name}: ${message.replaceAll(/\s+/g, " ").trim()}`.slice(0, MAX_FAILURE_CHARS);
}

/** vitest calls a reporter with `new`; a plain function may answer with an object of its own. */
export default function closingLineReporter(): Reporter {
  let last: Tally = { passed: 0, failed: 0, skipped: 0 };
  let failures: readonly string[] = [];
  // On exit and not at the end of the run: other reporters and vitest itself still print after that.
  process.once("exit", () => {
    if (mustFail(last) && !process.exitCode) process.exitCode = 1;
    writeSync(1, `\n${[...failures, closingLine(last)].join("\n")}\n`);
  });
  return {
    onTestRunEnd: (modules, unhandled, reason) => {
      last = tally({ modules, unhandled, reason });
      failures = failureLines({ modules, unhandled, reason });
    },
  };
}
